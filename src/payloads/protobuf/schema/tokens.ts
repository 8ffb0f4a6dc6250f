import { shown } from '../../../kafka/text.ts'
import { SchemaProblem } from '../../schema-codec.ts'

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y
const NUMBER = /\.?[0-9](?:[eE][+-]|[A-Za-z0-9_.])*/y
const INTEGER = /^(?:0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,11}|[1-9][0-9]{0,9})$/
const SPACE = /\s/
const ESCAPE = /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|([\s\S]))/g
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

const unescaped = (text: string): string =>
  text.replace(ESCAPE, (_, octal?: string, hex?: string, unit?: string, other?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    const digits = hex ?? unit
    return digits === undefined
      ? (SHORT_ESCAPES[other ?? ''] ?? other ?? '')
      : String.fromCharCode(Number.parseInt(digits, 16))
  })

type Kind = 'word' | 'number' | 'string' | 'symbol' | 'end'

/** The tokens of a .proto text, one at a time. Every method reads the text forwards, so that a text is read in linear time. */
export class Tokens {
  readonly #text: string
  #at = 0
  #start = 0
  #kind: Kind = 'end'
  #token = ''

  constructor(text: string) {
    this.#text = text
    this.advance()
  }

  /** True at the end of the text. */
  get isEnd(): boolean {
    return this.#kind === 'end'
  }

  /** The present token if it is a word or a symbol, otherwise an empty text. */
  get mark(): string {
    return this.#kind === 'word' || this.#kind === 'symbol' ? this.#token : ''
  }

  /** The token after the present one, if it is a word or a symbol. */
  get markAfter(): string {
    const [at, start, kind, token] = [this.#at, this.#start, this.#kind, this.#token]
    this.advance()
    const mark = this.mark
    this.#at = at
    this.#start = start
    this.#kind = kind
    this.#token = token
    return mark
  }

  /** Goes to the next token. */
  advance(): void {
    this.#skipSpace()
    this.#start = this.#at
    const first = this.#text[this.#at]
    if (first === undefined) this.#set('end', '', 0)
    else if (first === '"' || first === "'") this.#readString(first)
    else if (!this.#match('word', WORD) && !this.#match('number', NUMBER)) this.#set('symbol', first, 1)
  }

  /** Passes this word or symbol, if it is the present one. */
  take(mark: string): boolean {
    const isThere = this.mark === mark
    if (isThere) this.advance()
    return isThere
  }

  /** Passes this symbol. @throws SchemaProblem */
  expect(mark: string): void {
    if (!this.take(mark)) throw this.problem(`"${mark}"`)
  }

  /** A name without periods. @throws SchemaProblem */
  word(what: string): string {
    if (this.#kind !== 'word') throw this.problem(what)
    return this.#pass()
  }

  /** A name that may have periods, also before it. @throws SchemaProblem */
  name(what: string): string {
    let name = this.take('.') ? '.' : ''
    name += this.word(what)
    while (this.take('.')) name += `.${this.word(what)}`
    return name
  }

  /** A whole number. @throws SchemaProblem */
  integer(what: string): number {
    const sign = this.take('-') ? -1 : 1
    if (this.#kind !== 'number' || !INTEGER.test(this.#token)) throw this.problem(what)
    const text = this.#pass()
    return sign * (/^0[0-7]/.test(text) ? Number.parseInt(text, 8) : Number(text))
  }

  /** A text, or several in a row, which are one text. @throws SchemaProblem */
  string(what: string): string {
    if (this.#kind !== 'string') throw this.problem(what)
    const parts: string[] = []
    while (this.#kind === 'string') parts.push(this.#pass())
    return unescaped(parts.join(''))
  }

  /** The present token of any kind; the token after it becomes the present one. */
  any(what: string): string {
    if (this.#kind === 'end') throw this.problem(what)
    return this.#kind === 'string' ? this.string(what) : this.#pass()
  }

  /** What was expected in place of the present token. */
  problem(expected: string): SchemaProblem {
    const line = this.#text.slice(0, this.#start).split('\n').length
    const found = this.#kind === 'end' ? 'the end' : shown(this.#token)
    return new SchemaProblem(`line ${line}: expected ${expected}, found ${found}`)
  }

  #pass(): string {
    const token = this.#token
    this.advance()
    return token
  }

  #set(kind: Kind, token: string, length: number): void {
    this.#kind = kind
    this.#token = token
    this.#at += length
  }

  #match(kind: Kind, pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found !== null) this.#set(kind, found[0], found[0].length)
    return found !== null
  }

  #readString(quote: string): void {
    let end = this.#at + 1
    while (this.#text[end] !== quote) {
      if (this.#text[end] === '\\') end++
      if (end >= this.#text.length || this.#text[end] === '\n') throw this.problem('a closing quote')
      end++
    }
    this.#set('string', this.#text.slice(this.#at + 1, end), end + 1 - this.#at)
  }

  #skipSpace(): void {
    for (;;) {
      const char = this.#text[this.#at]
      if (char === undefined) return
      if (char === '/' && this.#text[this.#at + 1] === '/') this.#skipTo('\n')
      else if (char === '/' && this.#text[this.#at + 1] === '*') this.#skipTo('*/')
      else if (SPACE.test(char) || char === '\ufeff') this.#at++
      else return
    }
  }

  #skipTo(end: string): void {
    const found = this.#text.indexOf(end, this.#at + 2)
    this.#at = found === -1 ? this.#text.length : found + end.length
  }
}
