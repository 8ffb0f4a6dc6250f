import { inspect } from 'node:util'
import {
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Path } from './collected-errors.ts'
import { type Complete, type FieldPlan, failAt, infoOf, isPromise, type Run, runFields } from './run-fields.ts'

/** The field whose value is completed. */
export type Place = Pick<FieldPlan, 'field' | 'nodes' | 'parentType'>

/** The fields that are selected of an object at a place. */
export type PlanFields = (type: GraphQLObjectType, nodes: FieldPlan['nodes']) => readonly FieldPlan[]

const leaf = (type: GraphQLLeafType): Complete => {
  return (_run, value) => {
    const serialized: unknown = type.serialize(value)
    if (serialized != null) return serialized
    const text = `\`${type.name}.serialize(${inspect(value)})\``
    throw new Error(`Expected ${text} to return non-nullable value, returned: ${inspect(serialized)}`)
  }
}

const object = (type: GraphQLObjectType, { nodes }: Place, planFields: PlanFields): Complete => {
  // Planned when the first one comes: many a field is never there.
  let plans: readonly FieldPlan[] | undefined
  return (run, value, path) => {
    plans ??= planFields(type, nodes)
    return runFields(run, plans, value, path)
  }
}

const abstract = (type: GraphQLAbstractType, place: Place, planFields: PlanFields): Complete => {
  const completes = new Map<string, Complete>()
  const completeOf = ({ schema }: Run, name: unknown): Complete => {
    const known = typeof name === 'string' ? completes.get(name) : undefined
    if (known !== undefined) return known
    const actual = typeof name === 'string' ? schema.getType(name) : undefined
    if (actual === undefined) {
      const text = `Abstract type "${type.name}" was resolved to a type "${String(name)}" that does not exist inside the schema.`
      throw new GraphQLError(text, { nodes: place.nodes })
    }
    if (!isObjectType(actual) || !schema.isSubType(type, actual)) {
      const text = `Runtime Object type "${actual.name}" is not a possible type for "${type.name}".`
      throw new GraphQLError(text, { nodes: place.nodes })
    }
    const complete = object(actual, place, planFields)
    completes.set(actual.name, complete)
    return complete
  }
  return (run, value, path) => {
    const name: unknown = type.resolveType?.(value, run.context, infoOf(run, place, path), type)
    if (!isPromise(name)) return completeOf(run, name)(run, value, path)
    return name.then(resolved => completeOf(run, resolved)(run, value, path))
  }
}

const list = (itemType: GraphQLOutputType, place: Place, planFields: PlanFields): Complete => {
  const complete = completionOf(itemType, place, planFields)
  const at = { nodes: place.nodes, isNonNull: isNonNullType(itemType) }
  const item = (run: Run, value: unknown, path: Path): unknown => {
    const fail = (thrown: unknown) => failAt(run, thrown, { ...at, path })
    try {
      const completed = isPromise(value)
        ? value.then(resolved => complete(run, resolved, path))
        : complete(run, value, path)
      return isPromise(completed) ? completed.then(undefined, fail) : completed
    } catch (thrown) {
      return fail(thrown)
    }
  }
  return (run, value, path) => {
    if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) {
      const { parentType, field } = place
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${parentType.name}.${field.name}".`)
    }
    let hasPromise = false
    const completed = Array.from(isIterable(value) ? value : [], (each, index) => {
      const result = item(run, each, { prev: path, key: index, typename: undefined })
      hasPromise ||= isPromise(result)
      return result
    })
    return hasPromise ? Promise.all(completed) : completed
  }
}

const isIterable = (value: object): value is Iterable<unknown> =>
  Symbol.iterator in value && typeof value[Symbol.iterator] === 'function'

const plain = (type: GraphQLOutputType, place: Place, planFields: PlanFields): Complete => {
  if (isListType(type)) return list(type.ofType, place, planFields)
  if (isLeafType(type)) return leaf(type)
  if (isAbstractType(type)) return abstract(type, place, planFields)
  if (isObjectType(type)) return object(type, place, planFields)
  throw new Error(`${type} has no values`)
}

/** How values of a type become what an answer holds of them. */
export const completionOf = (type: GraphQLOutputType, place: Place, planFields: PlanFields): Complete => {
  const isNonNull = isNonNullType(type)
  const complete = plain(isNonNull ? type.ofType : type, place, planFields)
  return (run, value, path) => {
    if (value instanceof Error) throw value
    if (value != null) return complete(run, value, path)
    if (!isNonNull) return null
    throw new Error(`Cannot return null for non-nullable field ${place.parentType.name}.${place.field.name}.`)
  }
}
