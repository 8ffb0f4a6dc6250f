import type { FormattedExecutionResult } from 'graphql'
import { LargeResult } from './large-result.ts'
import type { ReadyResult } from './ready-result.ts'

/** A frame with a large result, in pieces that nobody copies. */
export class LargeFrame {
  readonly result: LargeResult
  readonly pieces: readonly Buffer[]

  constructor(start: string, result: LargeResult) {
    this.result = result
    this.pieces = [Buffer.from(start), ...result.pieces, CLOSING_BRACE]
  }
}

/** Puts serialised results into the frames that graphql-ws makes. */
export interface FrameSplice {
  /** What graphql-ws is given in the result's place. */
  placeholder(result: ReadyResult | LargeResult): FormattedExecutionResult
  /** The frame with the result in its place; any other frame as it is. Bytes are UTF-8. */
  splice(frame: string): string | Buffer | LargeFrame
}

/** What stands at the end of a frame with a placeholder: its 0 and the closing brace. */
const PLACEHOLDER_LENGTH = '0}'.length
/** From this length on copying bytes that were encoded once is cheaper than encoding the text for each subscriber. */
const LONG_TEXT = 4096
const CLOSING_BRACE = Buffer.from('}')

const spliced = (start: string, result: ReadyResult | LargeResult): string | Buffer | LargeFrame => {
  if (result instanceof LargeResult) return new LargeFrame(start, result)
  return result.text.length < LONG_TEXT
    ? `${start}${result.text}}`
    : Buffer.concat([Buffer.from(start), result.bytes, CLOSING_BRACE])
}

/**
 * graphql-ws serialises every frame itself, once for each subscriber. The placeholder serialises as 0 and leaves the ready text
 * behind; graphql-ws sends in the same breath, so that text belongs to the very frame that is sent next.
 */
export const createFrameSplice = (): FrameSplice => {
  let ready: ReadyResult | LargeResult | null = null
  return {
    placeholder: result => ({
      data: null,
      ...{
        toJSON: () => {
          ready = result
          return 0
        },
      },
    }),
    splice: frame => {
      if (ready === null) return frame
      const result = ready
      ready = null
      return spliced(frame.slice(0, -PLACEHOLDER_LENGTH), result)
    },
  }
}
