import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import type { Random } from './random.ts'

/** An input value, as written in a document and in JSON. */
export interface RandomValue {
  readonly literal: string
  readonly json: unknown
}

const text = (value: string | number | boolean | null): RandomValue => ({ literal: JSON.stringify(value), json: value })

const SCALARS: Readonly<Record<string, readonly RandomValue[]>> = {
  Int: [0, 1, 2].map(text),
  Float: [0.5].map(text),
  Boolean: [true, false].map(text),
  String: ['orders', 'k', 'trace', 'cleanup.policy', 'readers', '$.n', 'name', '$.['].map(text),
  ID: ['1'].map(text),
  Long: ['0', '1'].map(text),
  Duration: ['PT1S', 'PT15M'].map(text),
  DateTime: ['2025-01-31T09:30:00.000Z'].map(text),
}

const NULL = text(null)

/** A value of an input type; null when there is no scalar to choose. */
export const randomValue = (type: GraphQLInputType, random: Random): RandomValue | null => {
  if (isNonNullType(type)) return randomValue(type.ofType, random)
  if (isListType(type)) {
    const items = Array.from({ length: random.below(3) }, () => randomValue(type.ofType, random) ?? NULL)
    return { literal: `[${items.map(item => item.literal).join(', ')}]`, json: items.map(item => item.json) }
  }
  if (isEnumType(type)) {
    const { name } = random.pick(type.getValues())
    return { literal: name, json: name }
  }
  if (!isInputObjectType(type)) return random.maybe(SCALARS[type.name] ?? [])
  const fields = Object.values(type.getFields()).flatMap(field => {
    if (!isRequiredInputField(field) && random.below(3) > 0) return []
    const value = randomValue(field.type, random)
    return value === null ? [] : [{ name: field.name, value }]
  })
  return {
    literal: `{${fields.map(({ name, value }) => `${name}: ${value.literal}`).join(', ')}}`,
    json: Object.fromEntries(fields.map(({ name, value }) => [name, value.json])),
  }
}
