import type { GraphQLError } from 'graphql'
import { type Answer, AnswerJson, AnswerObject } from './answer/answer.ts'
import { givenUp, tooManyBytes, tooManyLarge } from './answer/answer-bounds.ts'
import type { ExecutionParts } from './execution.ts'

/** The JSON of an answer: a text if it is small, otherwise its bytes in pieces. */
export type AnswerBody =
  | { readonly text: string; readonly pieces?: undefined }
  | { readonly text?: undefined; readonly pieces: readonly Buffer[]; readonly bytes: number }

/** Makes the JSON of an error as the client sees it. */
type ErrorText = (error: GraphQLError) => string

/** Characters after which a piece is complete. */
const PIECE_LENGTH = 65_536
/** Values between two checks of the clock. */
const VALUES_A_LOOK = 512

/** Quotes, backslashes, control characters and surrogates. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u

/** A string as JSON; most need no escape. */
const quoted = (text: string): string => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`)

/** An object or list that is being written, and the index of its next value. */
interface Open {
  readonly keys: readonly string[] | null
  readonly values: readonly unknown[]
  next: number
}

/** Writes the JSON of an answer in slices, and stops at the answer's byte limit. */
export class AnswerWriter {
  readonly #answer: Answer
  readonly #errorText: ErrorText
  readonly #parts: ExecutionParts
  readonly #open: Open[] = []
  #errorsWritten = 0
  #text = '{"data":'
  #pieces: Buffer[] = []
  #bytes = 0
  #left = VALUES_A_LOOK

  constructor(answer: Answer, errorText: ErrorText, parts: ExecutionParts) {
    this.#answer = answer
    this.#errorText = errorText
    this.#parts = parts
    this.#write(answer.data)
  }

  /** The JSON; at once if it takes no longer than a slice. */
  body(): AnswerBody | Promise<AnswerBody> {
    return this.#goOn() ?? new Promise(resolve => this.#later(resolve))
  }

  #later(resolve: (body: AnswerBody) => void): void {
    const { turns } = this.#parts
    const { permit, isMutation } = this.#answer
    const goOn = (): void => {
      const body = this.#goOn()
      if (body === null) this.#later(resolve)
      else resolve(body)
    }
    if (!this.#needsPermit) {
      turns.later(goOn)
      return
    }
    const onPermit = () => (permit.take() ? turns.later(goOn) : resolve(this.#refused(givenUp())))
    if (!permit.wait(onPermit, isMutation)) resolve(this.#refused(tooManyLarge()))
  }

  get #needsPermit(): boolean {
    return this.#bytes > this.#parts.limits.largeBytes && !this.#answer.permit.take()
  }

  /** Writes for one slice; null when there is more to write. */
  #goOn(): AnswerBody | null {
    const { limits } = this.#parts
    const { isMutation } = this.#answer
    while (this.#writeNext()) {
      if (this.#text.length > PIECE_LENGTH) this.#endPiece()
      if (this.#bytes > limits.maxBytes) return this.#refused(tooManyBytes(limits.maxBytes, isMutation))
      if (this.#isToPause) return null
    }
    return this.#ended()
  }

  get #isToPause(): boolean {
    this.#left -= 1
    if (this.#left > 0) return false
    this.#left = VALUES_A_LOOK
    return this.#parts.turns.isOver || this.#needsPermit
  }

  /** Writes a value, an end or an error; false when all is written. */
  #writeNext(): boolean {
    const open = this.#open.at(-1)
    if (open === undefined) return this.#writeError()
    const { keys, values, next } = open
    if (next < values.length) {
      open.next += 1
      if (next > 0) this.#text += ','
      if (keys !== null) this.#text += keys[next]
      this.#write(values[next])
    } else {
      this.#text += keys === null ? ']' : '}'
      this.#open.pop()
    }
    return true
  }

  #write(value: unknown): void {
    if (typeof value === 'string') this.#text += quoted(value)
    else if (typeof value === 'number') this.#text += Number.isFinite(value) ? value : 'null'
    else if (typeof value === 'boolean') this.#text += value
    else if (value instanceof AnswerObject) {
      this.#text += '{'
      this.#open.push({ keys: value.selection.keys, values: value.values, next: 0 })
    } else if (Array.isArray(value)) {
      this.#text += '['
      this.#open.push({ keys: null, values: value, next: 0 })
    } else this.#text += value instanceof AnswerJson ? value.text : 'null'
  }

  #writeError(): boolean {
    const error = this.#answer.errors[this.#errorsWritten]
    if (error === undefined) return false
    this.#text += this.#errorsWritten === 0 ? ',"errors":[' : ','
    this.#text += this.#errorText(error)
    this.#errorsWritten += 1
    // The translation of an error costs as much as many values.
    this.#left -= 32
    return true
  }

  #endPiece(): void {
    const piece = Buffer.from(this.#text)
    this.#text = ''
    this.#pieces.push(piece)
    this.#bytes += piece.length
  }

  #ended(): AnswerBody {
    const { limits } = this.#parts
    const { isMutation } = this.#answer
    this.#text += this.#answer.errors.length > 0 ? ']}' : '}'
    const text = this.#text
    const isShort = this.#pieces.length === 0
    // A character has at most three bytes, so few texts need to be measured.
    if (!isShort || text.length * 3 > limits.maxBytes) this.#endPiece()
    if (this.#bytes > limits.maxBytes) return this.#refused(tooManyBytes(limits.maxBytes, isMutation))
    return isShort ? { text } : { pieces: this.#pieces, bytes: this.#bytes }
  }

  #refused(error: GraphQLError): AnswerBody {
    this.#pieces = []
    return { text: `{"data":null,"errors":[${this.#errorText(error)}]}` }
  }
}
