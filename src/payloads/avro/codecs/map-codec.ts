import type { JsonPath } from '../../../kafka/json-path.ts'
import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import { isJsonObject } from '../schema/json-object.ts'
import { setProperty } from './set-property.ts'
import type { TypeCodec } from './type-codec.ts'

/** The quotes, the colon and the comma of an entry. */
const ENTRY_BYTES = 4

const readEntries = (item: TypeCodec): object => {
  const jsonBytes = item.jsonBytes + ENTRY_BYTES
  cursor.enter()
  cursor.count(0, 3)
  const entries: Record<string, unknown> = {}
  for (let count = cursor.block(jsonBytes); count > 0; count = cursor.block(jsonBytes))
    for (let left = count; left > 0; left--) setProperty(entries, cursor.string(), item.read())
  cursor.leave()
  return entries
}

const skipKey = (): void => void cursor.take(cursor.size())

const skipEntries = (item: TypeCodec): void => {
  cursor.enter()
  cursor.skipBlocks(() => {
    skipKey()
    item.skip()
  })
  cursor.leave()
}

/** Reads one entry: the last with its key, as in the whole map. */
const readEntryAt = (item: TypeCodec, path: JsonPath, step: number): unknown => {
  const wanted = String(path[step])
  let found: unknown
  cursor.enter()
  for (let block = cursor.signedBlock(); block !== 0; block = cursor.signedBlock()) {
    if (block < 0) cursor.size()
    for (let left = Math.abs(block); left > 0; left--)
      if (cursor.string() === wanted) found = item.readAt(path, step + 1)
      else item.skip()
  }
  cursor.leave()
  return found
}

const writeEntries = (item: TypeCodec, value: unknown): void => {
  if (!isJsonObject(value)) writer.fail('must be an object')
  const entries = Object.entries(value)
  if (entries.length > 0) writer.integer(entries.length)
  for (const [key, one] of entries) {
    writer.string(key)
    writer.inside(key, () => item.write(one))
  }
  writer.byte(0)
}

/** The first key of the map that is read next, which stays unread; undefined if it is empty. */
export const peekKey = (): string | undefined => {
  const start = cursor.position
  const block = cursor.integer()
  if (block < 0) cursor.size()
  const key = block === 0 ? undefined : cursor.string()
  cursor.rewind(start)
  return key
}

export const mapCodec = (item: TypeCodec): TypeCodec => ({
  branch: 'map',
  form: 'object',
  exceptionalForm: 'object',
  jsonBytes: 0,
  read: () => readEntries(item),
  skip: () => skipEntries(item),
  readAt: (path, step) => (step === path.length ? readEntries(item) : readEntryAt(item, path, step)),
  accepts: isJsonObject,
  write: value => writeEntries(item, value),
})
