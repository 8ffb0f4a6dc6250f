import { SchemaProblem } from '../../schema-codec.ts'
import type { EnumDeclaration, FieldDeclaration, MessageDeclaration } from './declarations.ts'
import { readInlineOptions, readOption, skipBlock, skipStatement } from './parse-options.ts'
import type { Tokens } from './tokens.ts'

/** The deepest nesting of messages. protoc has the same limit. */
const MAX_NESTING = 32
/** Of a type, with its package. */
const MAX_NAME = 512
const MAX_FIELD_NUMBER = 536_870_911

/** Counts declarations. */
export interface Counter {
  /** @throws SchemaProblem if there are too many */
  count(): void
}

type Label = FieldDeclaration['label']

interface Body {
  readonly fullName: string
  readonly fields: FieldDeclaration[]
  readonly messages: MessageDeclaration[]
  readonly enums: EnumDeclaration[]
  readonly options: Map<string, string>
  readonly depth: number
}

/** @throws SchemaProblem for a name that would take much memory in each of its fields */
const within = (scope: string, name: string): string => {
  const fullName = scope === '' ? name : `${scope}.${name}`
  if (fullName.length > MAX_NAME) throw new SchemaProblem(`a type's name has more than ${MAX_NAME} characters`)
  return fullName
}

/** Reads an enum after the word `enum`. */
export const readEnum = (tokens: Tokens, scope: string, counter: Counter): EnumDeclaration => {
  const fullName = within(scope, tokens.word('the name of an enum'))
  const options = new Map<string, string>()
  const values: [string, number][] = []
  counter.count()
  tokens.expect('{')
  while (!tokens.take('}')) {
    if (tokens.take(';')) continue
    if (tokens.mark === 'option' && tokens.markAfter !== '=') readStatementOption(tokens, options)
    else if (tokens.mark === 'reserved' && tokens.markAfter !== '=') skipStatement(tokens)
    else {
      counter.count()
      const name = tokens.word('the name of a value')
      tokens.expect('=')
      values.push([name, tokens.integer('the number of the value') | 0])
      readInlineOptions(tokens)
      tokens.expect(';')
    }
  }
  return { fullName, values, options }
}

/** Reads an option after the word `option` up to its semicolon. */
export const readStatementOption = (tokens: Tokens, options: Map<string, string>): void => {
  tokens.advance()
  readOption(tokens, options)
  tokens.expect(';')
}

const numberOf = (tokens: Tokens): number => {
  tokens.expect('=')
  const number = tokens.integer('the number of the field')
  if (number < 1 || number > MAX_FIELD_NUMBER)
    throw new SchemaProblem(`the field number ${number} is not between 1 and ${MAX_FIELD_NUMBER}`)
  return number
}

const readMap = (tokens: Tokens, body: Body): void => {
  tokens.advance()
  tokens.expect('<')
  const keyType = tokens.word('the type of the keys')
  tokens.expect(',')
  const type = tokens.name('the type of the values')
  tokens.expect('>')
  const name = tokens.word('the name of a field')
  const number = numberOf(tokens)
  const options = readInlineOptions(tokens)
  tokens.expect(';')
  body.fields.push({ name, number, type, keyType, label: 'repeated', oneof: null, isGroup: false, options })
}

const readGroup = (tokens: Tokens, body: Body, label: Label, oneof: string | null, counter: Counter): void => {
  tokens.advance()
  const type = tokens.word('the name of a group')
  const number = numberOf(tokens)
  const options = readInlineOptions(tokens)
  const group = readBody(tokens, within(body.fullName, type), body.depth + 1, true, counter)
  body.messages.push(group)
  body.fields.push({ name: type.toLowerCase(), number, type, keyType: null, label, oneof, isGroup: true, options })
}

const readField = (tokens: Tokens, body: Body, label: Label, oneof: string | null, counter: Counter): void => {
  counter.count()
  if (tokens.mark === 'group' && tokens.markAfter !== '.') {
    readGroup(tokens, body, label, oneof, counter)
    return
  }
  if (tokens.mark === 'map' && tokens.markAfter === '<') {
    readMap(tokens, body)
    return
  }
  const type = tokens.name('the type of a field')
  const name = tokens.word('the name of a field')
  const number = numberOf(tokens)
  const options = readInlineOptions(tokens)
  tokens.expect(';')
  body.fields.push({ name, number, type, keyType: null, label, oneof, isGroup: false, options })
}

const readOneof = (tokens: Tokens, body: Body, counter: Counter): void => {
  tokens.advance()
  const name = tokens.word('the name of a oneof')
  tokens.expect('{')
  while (!tokens.take('}')) {
    if (tokens.take(';')) continue
    if (tokens.mark === 'option') readStatementOption(tokens, new Map())
    else readField(tokens, body, null, name, counter)
  }
}

const labelOf = (mark: string): Label =>
  mark === 'optional' || mark === 'required' || mark === 'repeated' ? mark : null

/** Passes `export` or `local` before a message or an enum. */
export const skipVisibility = (tokens: Tokens): void => {
  if (tokens.mark !== 'export' && tokens.mark !== 'local') return
  if (tokens.markAfter === 'message' || tokens.markAfter === 'enum') tokens.advance()
}

/** Passes the extension of another message: its fields are unknown fields here. */
export const skipExtension = (tokens: Tokens): void => {
  tokens.advance()
  tokens.name('the name of the extended message')
  if (tokens.mark !== '{') throw tokens.problem('"{"')
  skipBlock(tokens)
}

const readStatement = (tokens: Tokens, body: Body, counter: Counter): void => {
  skipVisibility(tokens)
  switch (tokens.mark) {
    case ';':
      tokens.advance()
      return
    case 'message':
      tokens.advance()
      body.messages.push(readMessage(tokens, body.fullName, body.depth + 1, counter))
      return
    case 'enum':
      tokens.advance()
      body.enums.push(readEnum(tokens, body.fullName, counter))
      return
    case 'option':
      readStatementOption(tokens, body.options)
      return
    case 'oneof':
      readOneof(tokens, body, counter)
      return
    case 'extend':
      skipExtension(tokens)
      return
    case 'reserved':
    case 'extensions':
      skipStatement(tokens)
      return
    default: {
      const label = labelOf(tokens.mark)
      if (label !== null) tokens.advance()
      readField(tokens, body, label, null, counter)
    }
  }
}

const readBody = (
  tokens: Tokens,
  fullName: string,
  depth: number,
  isGroup: boolean,
  counter: Counter,
): MessageDeclaration => {
  if (depth > MAX_NESTING) throw new SchemaProblem(`messages are nested deeper than ${MAX_NESTING} levels`)
  const body: Body = { fullName, fields: [], messages: [], enums: [], options: new Map(), depth }
  counter.count()
  tokens.expect('{')
  while (!tokens.take('}')) readStatement(tokens, body, counter)
  const { fields, messages, enums, options } = body
  return { fullName, fields, messages, enums, options, isGroup }
}

/** Reads a message after the word `message`. @throws SchemaProblem */
export const readMessage = (tokens: Tokens, scope: string, depth: number, counter: Counter): MessageDeclaration =>
  readBody(tokens, within(scope, tokens.word('the name of a message')), depth, false, counter)
