import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql'
import type { GraphQLContext } from './context.ts'
import { badInput } from './failures.ts'
import type { GraphQLLimits } from './limits.ts'

/** Items of a list in an argument: more names, ids or partitions than anybody works with at once. */
const MAX_ITEMS = 10_000
/** Characters of a text. Kafka writes the length of names and ids in 16 bits. */
const MAX_CHARACTERS = 32_767

/** Checks one value within an argument. @throws GraphQLError BAD_USER_INPUT that names its place. */
type Check = (value: unknown, place: string, limits: GraphQLLimits) => void

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const checkText: Check = (value, place) => {
  if (typeof value !== 'string' || value.length <= MAX_CHARACTERS) return
  throw badInput(place, `has ${value.length} characters: give at most ${MAX_CHARACTERS}.`)
}

const checkItems = (list: readonly unknown[], place: string, { produce }: GraphQLLimits): void => {
  const most = Math.max(MAX_ITEMS, produce.maxMessages)
  if (list.length > most) throw badInput(place, `has ${list.length} items: give at most ${most}.`)
}

/** Types whose texts become names and ids. Input types marked as payloads are left out: theirs may be as long as a request. */
const NAMING = new Set(['String', 'ID'])

/** Makes the checks of a schema, one for each input type. */
const createChecks = () => {
  const made = new Map<GraphQLInputType, Check | null>()
  const listCheck = (item: Check | null): Check => {
    return (value, place, limits) => {
      if (!Array.isArray(value)) return
      checkItems(value, place, limits)
      if (item) for (const [index, each] of value.entries()) item(each, `${place}[${index}]`, limits)
    }
  }
  const objectCheck = (checks: readonly (readonly [string, Check])[]): Check => {
    return (value, place, limits) => {
      if (!isRecord(value)) return
      for (const [name, check] of checks) check(value[name], `${place}.${name}`, limits)
    }
  }
  /** Null where there is nothing to check. */
  const checkOf = (type: GraphQLInputType): Check | null => {
    const known = made.get(type)
    if (known !== undefined) return known
    // An input type may hold itself: until it is known it is checked by what it holds besides.
    made.set(type, null)
    const check = make(type)
    made.set(type, check)
    return check
  }
  const make = (type: GraphQLInputType): Check | null => {
    const nullable = getNullableType(type)
    if (isListType(nullable)) return listCheck(checkOf(nullable.ofType))
    if (!isInputObjectType(nullable)) return NAMING.has(nullable.name) ? checkText : null
    if (nullable.extensions.isPayload === true) return null
    const checks = Object.values(nullable.getFields()).flatMap(({ name, type: of }) => {
      const check = checkOf(of)
      return check === null ? [] : [[name, check] as const]
    })
    return checks.length === 0 ? null : objectCheck(checks)
  }
  return checkOf
}

type Field = GraphQLField<unknown, GraphQLContext, Readonly<Record<string, unknown>>>

const checking = (field: Field, checks: readonly (readonly [string, Check])[]): void => {
  const { resolve, subscribe } = field
  const problemOf = (args: Readonly<Record<string, unknown>>, { limits }: GraphQLContext): unknown => {
    try {
      for (const [name, check] of checks) check(args[name], name, limits)
      return null
    } catch (thrown) {
      return thrown
    }
  }
  // A rejection, never thrown: graphql leaves the promises of a list behind, unhandled, when one of its items throws.
  const guarded =
    (call: NonNullable<typeof resolve>): NonNullable<typeof resolve> =>
    (source, args, context, info) => {
      const problem = problemOf(args, context)
      return problem === null ? call(source, args, context, info) : Promise.reject(problem)
    }
  // The resolver of a subscription is called for each event, with the same arguments again.
  if (subscribe) field.subscribe = guarded(subscribe)
  else if (resolve) field.resolve = guarded(resolve)
}

/**
 * Bounds the lists and the texts of every argument of the schema where they are used: a list of 250,000 names, sent once, was
 * looked through by each of 490 aliases. Wrapped around resolvers, so that no new argument is forgotten.
 */
export const boundInputs = (schema: GraphQLSchema): GraphQLSchema => {
  const checkOf = createChecks()
  const withCheck = ({ name, type }: GraphQLArgument) => {
    const check = checkOf(type)
    return check === null ? [] : [[name, check] as const]
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const checks = field.args.flatMap(withCheck)
      if (checks.length > 0) checking(field, checks)
    }
  }
  return schema
}
