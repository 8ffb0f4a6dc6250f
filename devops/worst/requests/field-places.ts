import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from 'graphql'
import { type Existing, requiredSamples } from './sample-values.ts'

/** A path from the query root to an object type. */
export interface Place {
  readonly type: GraphQLObjectType
  readonly before: string
  readonly after: string
  readonly depth: number
}

const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${literal(each)}`)
    .join(', ')}}`
}

/** Arguments as document text. Enum values look like strings here, so no required argument may be an enum. */
export const argumentsText = (values: Readonly<Record<string, unknown>>): string => {
  const entries = Object.entries(values)
  return entries.length === 0 ? '' : `(${entries.map(([name, value]) => `${name}: ${literal(value)}`).join(', ')})`
}

/** A page of one item, or of the largest size. */
const withPage = (field: GraphQLField<unknown, unknown>, values: Readonly<Record<string, unknown>>, first: number) =>
  field.args.some(({ name }) => name === 'first') ? { ...values, first } : values

const possible = (schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): readonly GraphQLObjectType[] => {
  const type = getNamedType(field.type)
  if (isAbstractType(type)) return schema.getPossibleTypes(type)
  return isObjectType(type) ? [type] : []
}

/** Each object type that queries reach, by the shortest path. `first` is the page size on the way. */
export const placesOf = (schema: GraphQLSchema, existing: Existing, first: number): readonly Place[] => {
  const root = schema.getQueryType()
  if (!root) return []
  const places = new Map<string, Place>([[root.name, { type: root, before: '{ ', after: ' }', depth: 0 }]])
  for (const { type, before, after, depth } of places.values()) {
    for (const field of Object.values(type.getFields())) {
      const isAbstract = isAbstractType(getNamedType(field.type))
      for (const next of possible(schema, field)) {
        if (places.has(next.name)) continue
        const call = `${field.name}${argumentsText(withPage(field, requiredSamples(field.args, existing), first))}`
        places.set(next.name, {
          type: next,
          before: `${before}${call} { ${isAbstract ? `... on ${next.name} { ` : ''}`,
          after: `${isAbstract ? ' }' : ''} }${after}`,
          depth: depth + 1,
        })
      }
    }
  }
  return [...places.values()]
}

/** The smallest selection of a field. */
export const smallestSelection = (field: GraphQLField<unknown, unknown>): string =>
  isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'
