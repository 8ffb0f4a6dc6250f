import type { GraphQLArgument, GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql'
import { argumentsText, type Place, placesOf, smallestSelection } from './field-places.ts'
import { largestOf } from './largest-values.ts'
import { type Existing, requiredSamples } from './sample-values.ts'
import { type RequestSizes, variableBytes } from './sizes.ts'
import type { WorstRequest } from './worst-request.ts'

type Field = GraphQLField<unknown, unknown>

const aliases = (count: number, call: string): string =>
  Array.from({ length: count }, (_, index) => `a${index}: ${call}`).join(' ')

/** As many aliases as fields and tokens allow. */
const mostAliases = (call: string, { depth }: Place, { fields, tokens }: RequestSizes): number => {
  const isObject = call.endsWith('}')
  const tokensEach = (call.match(/[\w.]+|[^\s\w]/g) ?? []).length + 2
  return Math.floor(Math.min((fields - depth - 2) / (isObject ? 2 : 1), (tokens - 60) / tokensEach))
}

const underAliases = (
  place: Place,
  field: Field,
  existing: Existing,
  sizes: RequestSizes,
  note: string,
): WorstRequest => {
  const call = `${field.name}${argumentsText(requiredSamples(field.args, existing))}${smallestSelection(field)}`
  return {
    name: `${place.type.name}.${field.name} × aliases${note}`,
    transport: 'http',
    query: `${place.before}${aliases(mostAliases(call, place, sizes), call)}${place.after}`,
  }
}

const withArgument = (field: Field, { name }: GraphQLArgument, existing: Existing): string => {
  const others = field.args.filter(argument => argument.name !== name)
  const text = argumentsText(requiredSamples(others, existing))
  const given = text === '' ? '' : `${text.slice(1, -1)}, `
  return `${field.name}(${given}${name}: $v)${smallestSelection(field)}`
}

const withLargest = (
  { type, before, after, depth }: Place,
  field: Field,
  existing: Existing,
  sizes: RequestSizes,
  operation: 'query' | 'mutation' = 'query',
): readonly WorstRequest[] =>
  field.args.flatMap(argument => {
    const call = withArgument(field, argument, existing)
    const many = mostAliases(call, { type, before, after, depth }, sizes)
    return largestOf(argument.name, argument.type, variableBytes(sizes), existing).flatMap(
      ({ place, value }, index) => {
        const header = `${operation} ($v: ${String(argument.type)}) `
        const request = (note: string, calls: string): WorstRequest => ({
          name: `${type.name}.${field.name}(${place})${index > 0 ? ` #${index}` : ''}${note}`,
          transport: 'http',
          query: `${header}${before}${calls}${after}`,
          variables: { v: value },
        })
        return operation === 'mutation'
          ? [request('', call)]
          : [request('', call), request(' × aliases', aliases(many, call))]
      },
    )
  })

const rootPlace = (type: GraphQLObjectType): Place => ({ type, before: '{ ', after: ' }', depth: 0 })

/** Every field under as many aliases as allowed, and every list and text of its arguments at its largest. */
export const requestsFromSchema = (
  schema: GraphQLSchema,
  existing: Existing,
  sizes: RequestSizes,
): readonly WorstRequest[] => {
  const narrow = placesOf(schema, existing, 1)
  const wide = placesOf(schema, existing, sizes.page)
  const fieldsOf = ({ type }: Place): readonly Field[] => Object.values(type.getFields())
  const mutation = schema.getMutationType()
  return [
    ...narrow.flatMap(place => fieldsOf(place).map(field => underAliases(place, field, existing, sizes, ''))),
    ...wide
      .filter(({ before }) => before.includes(`first: ${sizes.page}`))
      .flatMap(place => {
        // Sized so that one full page takes most of the values that a response may have.
        const fewer = { ...sizes, fields: place.depth + 2 + Math.floor((sizes.values / sizes.page) * 0.8) }
        return fieldsOf(place).map(field => underAliases(place, field, existing, fewer, ', full pages'))
      }),
    ...narrow.flatMap(place => fieldsOf(place).flatMap(field => withLargest(place, field, existing, sizes))),
    ...(mutation
      ? Object.values(mutation.getFields()).flatMap(field =>
          withLargest(rootPlace(mutation), field, existing, sizes, 'mutation'),
        )
      : []),
  ]
}
