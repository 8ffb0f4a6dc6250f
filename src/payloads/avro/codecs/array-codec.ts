import type { JsonPath } from '../../../kafka/json-path.ts'
import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import type { TypeCodec } from './type-codec.ts'

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const readItems = (item: TypeCodec): readonly unknown[] => {
  const { jsonBytes } = item
  cursor.enter()
  cursor.count(0, 3)
  const items: unknown[] = []
  for (let count = cursor.block(jsonBytes); count > 0; count = cursor.block(jsonBytes))
    for (let left = count; left > 0; left--) items.push(item.read())
  cursor.leave()
  return items
}

const skipItems = (item: TypeCodec): void => {
  cursor.enter()
  cursor.skipBlocks(() => item.skip())
  cursor.leave()
}

/** Reads one item. Blocks without it are passed by their size, if they have one. */
const readItemAt = (item: TypeCodec, path: JsonPath, step: number): unknown => {
  const wanted = path[step]
  let found: unknown
  let before = 0
  cursor.enter()
  for (let block = cursor.signedBlock(); block !== 0; block = cursor.signedBlock()) {
    const size = block < 0 ? cursor.size() : undefined
    const after = before + Math.abs(block)
    if (size !== undefined && !(typeof wanted === 'number' && wanted >= before && wanted < after)) cursor.take(size)
    else
      for (let index = before; index < after; index++)
        if (index === wanted) found = item.readAt(path, step + 1)
        else item.skip()
    before = after
  }
  cursor.leave()
  return found
}

const writeItems = (item: TypeCodec, value: unknown): void => {
  if (!isList(value)) writer.fail('must be a list')
  if (value.length > 0) writer.integer(value.length)
  for (const [index, one] of value.entries()) writer.inside(index, () => item.write(one))
  writer.byte(0)
}

export const arrayCodec = (item: TypeCodec): TypeCodec => ({
  branch: 'array',
  form: 'array',
  exceptionalForm: 'array',
  jsonBytes: 0,
  read: () => readItems(item),
  skip: () => skipItems(item),
  readAt: (path, step) => (step === path.length ? readItems(item) : readItemAt(item, path, step)),
  accepts: isList,
  write: value => writeItems(item, value),
})
