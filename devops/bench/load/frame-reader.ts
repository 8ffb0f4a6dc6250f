/** The byte `~`: each message's value begins with it, and it occurs nowhere else in a frame. */
const MARK = 0x7e
/** The position of `ne` in `{"id":"1","type":"next"`. Frames of another type are passed on as text. */
const TYPE_AT = 18
/** The position of `ne` in `{"type":"next","id":"1"`, the order that mercurius writes. */
const FIRST_TYPE_AT = 9
const NEXT = 0x6e65

/** The consumer of a socket's frames. */
export interface FrameSink {
  /** Marks seen in `next` frames. Never called when every frame is wanted as text. */
  onMarks(count: number): void
  onText(text: string): void
  onPing(payload: Buffer): void
  onClose(code: number): void
}

/**
 * Reads a server's WebSocket frames from the bytes of a connection. Counting costs one search a message, so the client
 * handles 2,000,000 messages a second beside the server on two cores. A WebSocket library would be the bottleneck.
 */
export class FrameReader {
  readonly #sink: FrameSink
  readonly #wantsTexts: boolean
  #header: Buffer = Buffer.alloc(0)
  #remaining = 0
  #isCounting = false
  #opcode = 0
  #isFinal = true
  #parts: Buffer[] = []

  constructor(sink: FrameSink, wantsTexts: boolean) {
    this.#sink = sink
    this.#wantsTexts = wantsTexts
  }

  /** Adds the next bytes of the connection. */
  push(arrived: Buffer): void {
    const chunk = this.#header.length === 0 ? arrived : Buffer.concat([this.#header, arrived])
    this.#header = Buffer.alloc(0)
    let at = 0
    while (at < chunk.length) {
      if (this.#remaining === 0) {
        const payloadAt = this.#readHeader(chunk, at)
        if (payloadAt === null) {
          this.#header = chunk.subarray(at)
          return
        }
        at = payloadAt
      }
      const to = Math.min(chunk.length, at + this.#remaining)
      this.#take(chunk, at, to)
      this.#remaining -= to - at
      at = to
      if (this.#remaining === 0) this.#end()
    }
  }

  /** Returns the start of the payload; null when the bytes end before the header does. */
  #readHeader(chunk: Buffer, at: number): number | null {
    const available = chunk.length - at
    if (available < 2) return null
    const short = chunk.readUInt8(at + 1) & 0x7f
    const headerLength = short < 126 ? 2 : short === 126 ? 4 : 10
    if (available < headerLength) return null
    const length =
      short < 126 ? short : short === 126 ? chunk.readUInt16BE(at + 2) : Number(chunk.readBigUInt64BE(at + 2))
    if (available < headerLength + Math.min(length, TYPE_AT + 2)) return null
    const first = chunk.readUInt8(at)
    const opcode = first & 0x0f
    this.#isFinal = (first & 0x80) !== 0
    if (opcode !== 0) {
      this.#opcode = opcode
      const payloadAt = at + headerLength
      const isNext =
        length > TYPE_AT + 2 &&
        (chunk.readUInt16BE(payloadAt + TYPE_AT) === NEXT || chunk.readUInt16BE(payloadAt + FIRST_TYPE_AT) === NEXT)
      this.#isCounting = !this.#wantsTexts && opcode === 1 && isNext
    }
    this.#remaining = length
    if (length === 0) this.#end()
    return at + headerLength
  }

  #take(chunk: Buffer, from: number, to: number): void {
    if (!this.#isCounting) {
      this.#parts.push(chunk.subarray(from, to))
      return
    }
    let count = 0
    for (let i = chunk.indexOf(MARK, from); i !== -1 && i < to; i = chunk.indexOf(MARK, i + 1)) count++
    if (count > 0) this.#sink.onMarks(count)
  }

  #end(): void {
    if (this.#isCounting || !this.#isFinal) return
    const payload = this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts)
    this.#parts = []
    if (this.#opcode === 1) this.#sink.onText(payload.toString('utf8'))
    else if (this.#opcode === 8) this.#sink.onClose(payload.length >= 2 ? payload.readUInt16BE(0) : 1005)
    else if (this.#opcode === 9) this.#sink.onPing(payload)
  }
}
