import { type GraphQLInputType, getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql'
import { type Existing, sampleOf } from './sample-values.ts'

/** A value as large as a request allows, and its place in the argument. */
export interface LargestValue {
  readonly place: string
  readonly value: unknown
}

const textsOf = (type: string, bytes: number): readonly unknown[] => {
  if (type === 'Long') return ['9'.repeat(bytes)]
  if (type === 'Duration') return [`PT${'9'.repeat(bytes)}S`]
  if (type === 'JSON') return [JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`), 'x'.repeat(bytes)]
  return type === 'Int' || type === 'Float' || type === 'Boolean' ? [] : ['a'.repeat(bytes)]
}

const distinct = (type: GraphQLInputType, name: string, index: number, existing: Existing): unknown => {
  const nullable = getNullableType(type)
  if (isListType(nullable) || isEnumType(nullable) || isInputObjectType(nullable))
    return sampleOf(name, nullable, existing)
  if (nullable.name === 'String' || nullable.name === 'ID') return index.toString(36)
  return nullable.name === 'Int' ? index : sampleOf(name, nullable, existing)
}

const longList = (name: string, item: GraphQLInputType, bytes: number, existing: Existing): readonly unknown[] => {
  const list: unknown[] = []
  for (let left = bytes; left > 0; ) {
    const value = distinct(item, name, list.length, existing)
    left -= JSON.stringify(value).length + 1
    list.push(value)
  }
  return list
}

/** Every list and every text in an argument, each at its largest while the rest is small. */
export const largestOf = (
  name: string,
  type: GraphQLInputType,
  bytes: number,
  existing: Existing,
  depth = 0,
): readonly LargestValue[] => {
  const nullable = getNullableType(type)
  if (isListType(nullable)) {
    const inner = largestOf(name, nullable.ofType, bytes, existing, depth + 1)
    return [
      { place: `${name}[…]`, value: longList(name, nullable.ofType, bytes, existing) },
      ...inner.map(({ place, value }) => ({ place, value: [value] })),
    ]
  }
  if (isEnumType(nullable)) return []
  if (!isInputObjectType(nullable)) return textsOf(nullable.name, bytes).map(value => ({ place: name, value }))
  if (depth > 3) return []
  const sample = sampleOf(name, nullable, existing)
  const others = nullable.isOneOf || typeof sample !== 'object' ? {} : sample
  return Object.values(nullable.getFields()).flatMap(field =>
    largestOf(field.name, field.type, bytes, existing, depth + 1).map(({ place, value }) => ({
      place: `${name}.${place}`,
      value: { ...others, [field.name]: value },
    })),
  )
}
