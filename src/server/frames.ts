import type { FormattedExecutionResult } from 'graphql'
import type { ReadyResult } from './ready-result.ts'

/** Puts serialised results into the frames that graphql-ws makes. */
export interface FrameSplice {
  /** What graphql-ws is given in the result's place. */
  placeholder(result: ReadyResult): FormattedExecutionResult
  /** The frame with the result in its place; any other frame as it is. */
  splice(frame: string): string
}

/** What stands at the end of a frame with a placeholder: its 0 and the closing brace. */
const PLACEHOLDER_LENGTH = '0}'.length

/**
 * graphql-ws serialises every frame itself, once for each subscriber. The placeholder serialises as 0 and leaves the ready text
 * behind; graphql-ws sends in the same breath, so that text belongs to the very frame that is sent next.
 */
export const createFrameSplice = (): FrameSplice => {
  let ready: string | null = null
  return {
    placeholder: ({ text }) => ({
      data: null,
      ...{
        toJSON: () => {
          ready = text
          return 0
        },
      },
    }),
    splice: frame => {
      if (ready === null) return frame
      const spliced = `${frame.slice(0, -PLACEHOLDER_LENGTH)}${ready}}`
      ready = null
      return spliced
    },
  }
}
