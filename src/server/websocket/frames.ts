import type { FormattedExecutionResult } from 'graphql'
import { LargeResult } from '../pipeline/results/large-result.ts'
import type { ReadyResult } from '../pipeline/results/ready-result.ts'

/** A frame with a large result, in pieces, so that no subscriber needs a copy. */
export class LargeFrame {
  readonly result: LargeResult
  readonly pieces: readonly Buffer[]

  constructor(start: string, result: LargeResult) {
    this.result = result
    this.pieces = [Buffer.from(start), ...result.pieces, CLOSING_BRACE]
  }
}

/** Inserts serialised results into the frames that graphql-ws makes. */
export interface FrameSplice {
  /** The object that graphql-ws serialises in place of the result. */
  placeholder(result: ReadyResult | LargeResult): FormattedExecutionResult
  /** The frame with the result inserted; any other frame unchanged. Bytes are UTF-8. */
  splice(frame: string): string | Buffer | LargeFrame
}

/** The end of a frame with a placeholder: its 0 and the closing brace. */
const PLACEHOLDER_LENGTH = '0}'.length
/** From this length on, copying bytes that were encoded once is cheaper than encoding the text for each subscriber. */
const LONG_TEXT = 4096
const CLOSING_BRACE = Buffer.from('}')

const spliced = (start: string, result: ReadyResult | LargeResult): string | Buffer | LargeFrame => {
  if (result instanceof LargeResult) return new LargeFrame(start, result)
  return result.text.length < LONG_TEXT
    ? `${start}${result.text}}`
    : Buffer.concat([Buffer.from(start), result.bytes, CLOSING_BRACE])
}

/**
 * graphql-ws serialises every frame itself, once for each subscriber. The placeholder serialises as 0 and stores the
 * finished text here. graphql-ws sends synchronously after serialising, so the text belongs to the next frame sent.
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
