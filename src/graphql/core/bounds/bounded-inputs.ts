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
import type { GraphQLContext } from '../context.ts'
import { badInput } from '../errors/failures.ts'

/** The most items of a list argument: more names, ids or partitions than anybody needs at once. */
const MAX_ITEMS = 10_000

/** Checks one value within an argument. @throws GraphQLError BAD_USER_INPUT that names its place. */
type Check = (value: unknown, place: string) => void

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const checkItems = (list: readonly unknown[], place: string): void => {
  if (list.length > MAX_ITEMS) throw badInput(place, `has ${list.length} items: give at most ${MAX_ITEMS}.`)
}

/** Builds the checks of a schema, one per input type. */
const createChecks = () => {
  const made = new Map<GraphQLInputType, Check | null>()
  const listCheck = (item: Check | null): Check => {
    return (value, place) => {
      if (!Array.isArray(value)) return
      checkItems(value, place)
      if (item) for (const [index, each] of value.entries()) item(each, `${place}[${index}]`)
    }
  }
  const objectCheck = (checks: readonly (readonly [string, Check])[]): Check => {
    return (value, place) => {
      if (!isRecord(value)) return
      for (const [name, check] of checks) check(value[name], `${place}.${name}`)
    }
  }
  /** Null where there is nothing to check. */
  const checkOf = (type: GraphQLInputType): Check | null => {
    const known = made.get(type)
    if (known !== undefined) return known
    // An input type can contain itself: until its check is built, the inner use is not checked.
    made.set(type, null)
    const check = make(type)
    made.set(type, check)
    return check
  }
  const make = (type: GraphQLInputType): Check | null => {
    const nullable = getNullableType(type)
    if (isListType(nullable)) return listCheck(checkOf(nullable.ofType))
    if (!isInputObjectType(nullable)) return null
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
  const problemOf = (args: Readonly<Record<string, unknown>>): unknown => {
    try {
      for (const [name, check] of checks) check(args[name], name)
      return null
    } catch (thrown) {
      return thrown
    }
  }
  // Rejects instead of throwing: if one list item throws, graphql leaves the promises of the other items unhandled.
  const guarded =
    (call: NonNullable<typeof resolve>): NonNullable<typeof resolve> =>
    (source, args, context, info) => {
      const problem = problemOf(args)
      return problem === null ? call(source, args, context, info) : Promise.reject(problem)
    }
  // The resolver of a subscription runs for each event with the same arguments, so only `subscribe` checks them.
  if (subscribe) field.subscribe = guarded(subscribe)
  else if (resolve) field.resolve = guarded(resolve)
}

/**
 * Bounds every list argument of queries and subscriptions. Without it, each of 490 aliases searched a list of 250,000
 * names that was sent once. It wraps resolvers, so a new argument is covered without further code. Mutations check
 * their own lists before they change anything.
 */
export const boundInputs = (schema: GraphQLSchema): GraphQLSchema => {
  const checkOf = createChecks()
  const withCheck = ({ name, type }: GraphQLArgument) => {
    const check = checkOf(type)
    return check === null ? [] : [[name, check] as const]
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type === schema.getMutationType()) continue
    for (const field of Object.values(type.getFields())) {
      const checks = field.args.flatMap(withCheck)
      if (checks.length > 0) checking(field, checks)
    }
  }
  return schema
}
