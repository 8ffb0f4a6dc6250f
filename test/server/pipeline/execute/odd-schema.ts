import { buildSchema, GraphQLError, type GraphQLSchema, isObjectType, isScalarType } from 'graphql'

const typeDefs = /* GraphQL */ `
  scalar Odd
  enum Colour { RED GREEN }
  interface Node { id: ID! name: String self: Node peers(count: Int = 2): [Node] strict: Node! }
  type A implements Node {
    id: ID! name: String self: Node peers(count: Int = 2): [Node] strict: Node!
    text: String! number: Int ratio: Float odd: Odd odds: [Odd!] colour: Colour! colours: [Colour]
    matrix: [[Int!]]! b: B! bs: [B!]! any: Any anys(count: Int!): [Any!] plain: String
  }
  type B implements Node {
    id: ID! name: String self: Node peers(count: Int = 2): [Node] strict: Node!
    a: A as: [A] deep: [[A!]!] flag: Boolean! c: C
  }
  type C { id: ID! name: String a: A! any: Any! words: [String!]! }
  union Any = A | B | C
  type Query { node: Node a: A b: B! c(of: String, count: Int): C any: Any list(count: Int! = 3): [Node!]! strict: A! }
  type Mutation { step(count: Int = 1): A strictStep(count: Int = 1): A! other: B }
`

const hash = (text: string): number => {
  let mixed = 2_166_136_261
  for (let at = 0; at < text.length; at++) mixed = Math.imul(mixed ^ text.charCodeAt(at), 16_777_619)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

/** An object of the schema: its identity decides everything that its fields return. */
interface Thing {
  readonly kind: string
  readonly id: string
  readonly plain: (args: object) => string
}

const thing = (kind: string, id: string): Thing => ({ kind, id, plain: () => `plain ${id}` })

const KINDS = ['A', 'B', 'C']
const ODD_VALUES = [
  1,
  'text "quoted" \u0000 \ud800',
  { a: [1, null], toJSON: undefined },
  [1, 2],
  0.5,
  Number.NaN,
  false,
  null,
]

const madeOf = (type: string, id: string): unknown => {
  const picked = hash(`${type} ${id}`)
  const list = /^\[(.*)\]!?$/.exec(type)?.[1]
  if (list !== undefined) {
    const items = Array.from({ length: picked % 4 }, (_, index) => answerOf(list, `${id}/${index}`))
    return picked % 5 === 0 ? new Set(items) : items
  }
  const name = type.replace('!', '')
  if (name === 'Node') return thing(KINDS[picked % 2] ?? 'A', id)
  if (name === 'Any') return thing(KINDS[picked % 3] ?? 'A', id)
  if (KINDS.includes(name)) return thing(name, id)
  if (name === 'Odd') return ODD_VALUES[picked % ODD_VALUES.length]
  if (name === 'Colour') return picked % 9 === 0 ? 'BLUE' : (['RED', 'GREEN'][picked % 2] ?? 'RED')
  if (name === 'Boolean') return picked % 2 === 0
  if (name === 'Int' || name === 'Float') return picked % 9 === 0 ? 'no number' : picked % 1000
  return `${name} ${id}`
}

const later = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : new Promise(resolve => setImmediate(() => resolve(later(turns - 1))))

/** Marked as handled: graphql abandons the promises of a list when one of its items throws. */
const rejected = (error: Error): Promise<never> => {
  const promise = Promise.reject(error)
  promise.catch(() => undefined)
  return promise
}

/** The result of a field: a value, null, an error, thrown or returned, now or later. */
const answerOf = (type: string, id: string): unknown => {
  const picked = hash(`${id} ${type}`) % 40
  if (picked === 0) return null
  if (picked === 1) return new Error(`returned at ${id}`)
  if (picked === 2) throw new Error(`thrown at ${id}`)
  if (picked === 3) return rejected(new GraphQLError(`rejected at ${id}`, { extensions: { code: 'NO' } }))
  if (picked === 4) return 7
  const value = madeOf(type, id)
  if (picked < 12) return Promise.resolve(value)
  return picked < 15 ? later(picked % 3).then(() => value) : value
}

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && 'kind' in value

const typeOf = (schema: GraphQLSchema, type: string, field: string): string => {
  const known = schema.getType(type)
  return isObjectType(known) ? String(known.getFields()[field]?.type) : ''
}

/**
 * A schema with every possible result. Each depends only on the field, its object and its arguments. A lenient schema
 * is nullable everywhere, so that each error has its own place.
 */
export const createOddSchema = ({ isLenient = false } = {}): GraphQLSchema => {
  const strict = buildSchema(typeDefs)
  const schema = isLenient ? buildSchema(typeDefs.replaceAll('!', '')) : strict
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isScalarType(type) && type.name === 'Odd')
      type.serialize = value => {
        if (value === 0.5) throw new Error('cannot be serialised')
        return value
      }
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      if (field.name === 'plain') continue
      const returned = typeOf(strict, type.name, field.name)
      field.resolve = (source, args) => {
        const id = `${isThing(source) ? `${source.kind}${source.id}` : ''}.${field.name}${JSON.stringify(args)}`
        return answerOf(returned, id.length > 60 ? String(hash(id)) : id)
      }
    }
    if (type.name.length > 1) continue
    type.isTypeOf = value => {
      const isOfType = isThing(value) && value.kind === type.name
      return type.name === 'C' ? Promise.resolve(isOfType) : isOfType
    }
  }
  return schema
}
