import type { FormattedExecutionResult } from 'graphql'
import { MessageType } from 'graphql-ws'
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

/** The bytes before a result: those of a `next` message up to its payload. */
export type FrameStart = Buffer

/** Makes the frames of serialised results. */
export interface Frames {
  /** The start of the frames of an operation. */
  startOf(id: string): FrameStart
  /** The frame of a subscription's result. Subscribers with the same start share it. */
  frameOf(start: FrameStart, result: Ready): ReadyFrame
  /** The object that graphql-ws serialises in place of the result of a query or mutation. */
  placeholder(result: Ready): FormattedExecutionResult
  /** The frame with that result inserted; any other frame unchanged. */
  splice(frame: string): string | ReadyFrame
}

/** The end of a frame with a placeholder: its 0 and the closing brace. */
const PLACEHOLDER_LENGTH = '0}'.length
const CLOSING_BRACE = 0x7d
const END = Buffer.from('}')
/** Up to this size, copying the result costs less than another piece in the socket's queue. */
const MOST_COPIED = 16_384

const startIn = (frame: string): FrameStart => Buffer.from(frame.slice(0, -PLACEHOLDER_LENGTH))

/** One buffer with the header, the start of the message, and room for so many bytes more of it. */
const beginning = (start: FrameStart, more: number, room: number): Buffer => {
  const message = start.length + more
  const header = headerBytes(message)
  const frame = Buffer.allocUnsafe(header + start.length + room)
  writeHeader(frame, message)
  frame.set(start, header)
  return frame
}

const copied = (start: FrameStart, result: Buffer): ReadyFrame => {
  const more = result.length + 1
  const frame = beginning(start, more, more)
  frame.set(result, frame.length - more)
  frame[frame.length - 1] = CLOSING_BRACE
  return new ReadyFrame([frame], null)
}

const inPieces = (start: FrameStart, pieces: readonly Buffer[], large: LargeResult | null): ReadyFrame => {
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
  return new ReadyFrame([beginning(start, bytes + 1, 0), ...pieces, END], large)
}

const readyFrame = (start: FrameStart, result: Ready): ReadyFrame => {
  if (result instanceof LargeResult) return inPieces(start, result.pieces, result)
  const { bytes } = result
  return bytes.length <= MOST_COPIED ? copied(start, bytes) : inPieces(start, [bytes], null)
}

/** Remembers the last start and the last frame: most clients call their operation by the same id, and get a result one after the other. */
const createFrameMaker = (): Pick<Frames, 'startOf' | 'frameOf'> => {
  let lastId = ''
  let lastStart: FrameStart = END
  let last: { readonly start: FrameStart; readonly result: Ready; readonly frame: ReadyFrame } | null = null
  return {
    startOf: id => {
      if (id !== lastId || lastStart === END)
        lastStart = startIn(JSON.stringify({ id, type: MessageType.Next, payload: 0 }))
      lastId = id
      return lastStart
    },
    frameOf: (start, result) => {
      if (last?.result === result && last.start === start) return last.frame
      const frame = readyFrame(start, result)
      last = result instanceof LargeResult ? null : { start, result, frame }
      return frame
    },
  }
}

/**
 * graphql-ws serialises the result of a query or mutation itself. The placeholder serialises as 0 and stores the finished result
 * here. graphql-ws sends synchronously after serialising, so the result belongs to the next frame sent.
 */
export const createFrames = (): Frames => {
  let ready: Ready | null = null
  return {
    ...createFrameMaker(),
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
      return readyFrame(startIn(frame), result)
    },
  }
}
