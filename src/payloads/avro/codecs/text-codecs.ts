import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import { shown } from '../schema/json-object.ts'
import { isUuid } from '../texts/uuid-text.ts'
import { leafCodec, type TypeCodec } from './type-codec.ts'

const skipBytes = (): void => void cursor.take(cursor.size())

export const stringCodec = leafCodec({
  branch: 'string',
  form: 'text',
  jsonBytes: 3,
  read: () => cursor.string(),
  skip: skipBytes,
  accepts: value => typeof value === 'string',
  write: value => (typeof value === 'string' ? writer.string(value) : writer.fail('must be a text')),
})

/** A UUID as text. Anything else that was written is shown, but not written again. */
export const uuidStringCodec = leafCodec({
  branch: 'string',
  form: 'text',
  jsonBytes: 3,
  read: () => cursor.string(),
  skip: skipBytes,
  accepts: isUuid,
  write: value => (isUuid(value) ? writer.string(value) : writer.fail('must be a UUID')),
})

export const enumCodec = (name: string, symbols: readonly string[]): TypeCodec => {
  const indexes = new Map(symbols.map((symbol, index) => [symbol, index]))
  const readIndex = (): number => cursor.index(symbols.length, 'symbol')
  const indexOf = (value: unknown): number | undefined => (typeof value === 'string' ? indexes.get(value) : undefined)
  return leafCodec({
    branch: name,
    form: 'text',
    jsonBytes: Math.max(...symbols.map(symbol => symbol.length)) + 3,
    read: () => symbols[readIndex()],
    skip: () => void readIndex(),
    accepts: value => indexOf(value) !== undefined,
    write: value =>
      writer.integer(indexOf(value) ?? writer.fail(`must be one of ${shown(symbols.slice(0, 20).join(', '))}`)),
  })
}
