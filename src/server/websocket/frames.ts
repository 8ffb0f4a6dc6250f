import type { FormattedExecutionResult } from 'graphql'
import { LargeResult } from '../pipeline/results/large-result.ts'
import type { ReadyResult } from '../pipeline/results/ready-result.ts'
import { headerBytes, writeHeader } from './frame-header.ts'

type Ready = ReadyResult | LargeResult

/** A frame with a serialised result, as it goes to the socket: its header, and the pieces of its message. */
export class ReadyFrame {
  readonly pieces: readonly Buffer[]
  /** The large result in it. It must be taken. */
  readonly large: LargeResult | null

  constructor(pieces: readonly Buffer[], large: LargeResult | null) {
    this.pieces = pieces
    this.large = large
  }
}

/** Inserts serialised results into the frames that graphql-ws makes. */
export interface FrameSplice {
  /** The object that graphql-ws serialises in place of the result. */
  placeholder(result: Ready): FormattedExecutionResult
  /** The frame with the result inserted; any other frame unchanged. */
  splice(frame: string): string | ReadyFrame
}

/** The end of a frame with a placeholder: its 0 and the closing brace. */
const PLACEHOLDER_LENGTH = '0}'.length
const CLOSING_BRACE = 0x7d
const END = Buffer.from('}')
/** Up to this size, copying the result costs less than another piece in the socket's queue. */
const MOST_COPIED = 16_384

/** One buffer with the header, the start of the message, and room for so many bytes more of it. */
const beginning = (start: Buffer, more: number, room: number): Buffer => {
  const message = start.length + more
  const header = headerBytes(message)
  const frame = Buffer.allocUnsafe(header + start.length + room)
  writeHeader(frame, message)
  frame.set(start, header)
  return frame
}

const copied = (start: Buffer, result: Buffer): ReadyFrame => {
  const more = result.length + 1
  const frame = beginning(start, more, more)
  frame.set(result, frame.length - more)
  frame[frame.length - 1] = CLOSING_BRACE
  return new ReadyFrame([frame], null)
}

const inPieces = (start: Buffer, pieces: readonly Buffer[], large: LargeResult | null): ReadyFrame => {
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
  return new ReadyFrame([beginning(start, bytes + 1, 0), ...pieces, END], large)
}

const spliced = (start: Buffer, result: Ready): ReadyFrame => {
  if (result instanceof LargeResult) return inPieces(start, result.pieces, result)
  const { bytes } = result
  return bytes.length <= MOST_COPIED ? copied(start, bytes) : inPieces(start, [bytes], null)
}

/**
 * graphql-ws serialises every frame itself, once for each subscriber. The placeholder serialises as 0 and stores the
 * finished result here. graphql-ws sends synchronously after serialising, so the result belongs to the next frame sent.
 */
export const createFrameSplice = (): FrameSplice => {
  let ready: Ready | null = null
  // All frames of an operation start alike, and most clients call their first operation by the same id.
  let lastFrame = ''
  let lastStart = END
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
      if (frame !== lastFrame) lastStart = Buffer.from(frame.slice(0, -PLACEHOLDER_LENGTH))
      lastFrame = frame
      return spliced(lastStart, result)
    },
  }
}
