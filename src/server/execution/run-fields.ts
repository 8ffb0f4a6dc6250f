import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  locatedError,
  responsePathAsArray,
} from 'graphql'
import type { CollectedErrors, Path } from './collected-errors.ts'

/** What all fields of one execution share. */
export interface Run
  extends Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'operation' | 'variableValues' | 'rootValue'> {
  readonly context: unknown
  readonly errors: CollectedErrors
}

/** Makes a resolved value what the answer holds of it, or a promise of that; throws for the field that holds it. */
export type Complete = (run: Run, value: unknown, path: Path) => unknown

/** What is known of a selected field before it is executed. */
export interface FieldPlan {
  readonly responseName: string
  readonly parentType: GraphQLObjectType
  readonly field: GraphQLField<unknown, unknown>
  readonly nodes: readonly FieldNode[]
  readonly isNonNull: boolean
  readonly argsOf: (variables: Run['variableValues']) => { [name: string]: unknown }
  readonly complete: Complete
}

/** True for whatever graphql takes as a promise. */
export const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Tells of a failure at its place: null there, or passed on to the field around it where null may not be. */
export const failAt = (
  run: Run,
  thrown: unknown,
  { nodes, isNonNull, path }: { nodes: readonly FieldNode[]; isNonNull: boolean; path: Path },
): null => {
  const error = locatedError(thrown, nodes, responsePathAsArray(path))
  if (isNonNull) throw error
  run.errors.add(error, path)
  return null
}

/** What a resolver gets as its last argument. */
export const infoOf = (
  { schema, fragments, rootValue, operation, variableValues }: Run,
  { field, nodes: fieldNodes, parentType }: Pick<FieldPlan, 'field' | 'nodes' | 'parentType'>,
  path: Path,
): GraphQLResolveInfo => ({
  fieldName: field.name,
  fieldNodes,
  returnType: field.type,
  parentType,
  path,
  schema,
  fragments,
  rootValue,
  operation,
  variableValues,
})

/** graphql's own default: the property of the field's name, called when it is a function. */
const propertyOf = (run: Run, plan: FieldPlan, source: unknown, path: Path): unknown => {
  if ((typeof source !== 'object' || source === null) && typeof source !== 'function') return undefined
  const property: unknown = Reflect.get(source, plan.field.name)
  if (typeof property !== 'function') return property
  return Reflect.apply(property, source, [plan.argsOf(run.variableValues), run.context, infoOf(run, plan, path)])
}

const resolve = (run: Run, plan: FieldPlan, source: unknown, path: Path): unknown => {
  const { field } = plan
  if (field.resolve === undefined) return propertyOf(run, plan, source, path)
  return field.resolve(source, plan.argsOf(run.variableValues), run.context, infoOf(run, plan, path))
}

const runField = (run: Run, plan: FieldPlan, source: unknown, parent: Path | undefined): unknown => {
  const path: Path = { prev: parent, key: plan.responseName, typename: plan.parentType.name }
  const fail = (thrown: unknown) => failAt(run, thrown, { ...plan, path })
  try {
    const value = resolve(run, plan, source, path)
    const completed = isPromise(value)
      ? value.then(resolved => plan.complete(run, resolved, path))
      : plan.complete(run, value, path)
    return isPromise(completed) ? completed.then(undefined, fail) : completed
  } catch (thrown) {
    return fail(thrown)
  }
}

type Results = Record<string, unknown>

/** Executes fields beside each other; their results by name, or a promise of them. */
export const runFields = (
  run: Run,
  plans: readonly FieldPlan[],
  source: unknown,
  path: Path | undefined,
): Results | Promise<Results> => {
  const results: Results = {}
  const waiting: string[] = []
  const promises: Promise<unknown>[] = []
  try {
    for (const plan of plans) {
      const value = runField(run, plan, source, path)
      // Promises have their place too: the answer's fields keep the order of the document.
      results[plan.responseName] = value
      if (!isPromise(value)) continue
      waiting.push(plan.responseName)
      promises.push(value)
    }
  } catch (thrown) {
    if (promises.length === 0) throw thrown
    const fail = (): never => {
      throw thrown
    }
    // The others are waited for, as long as by graphql: their failures are not to be unhandled rejections, and come in its order.
    return Promise.all(promises).then(fail).catch(fail)
  }
  if (promises.length === 0) return results
  return Promise.all(promises).then(values => {
    waiting.forEach((name, index) => {
      results[name] = values[index]
    })
    return results
  })
}

/** Executes a mutation's fields one after another. */
export const runSerially = async (run: Run, plans: readonly FieldPlan[], source: unknown): Promise<Results> => {
  const results: Results = {}
  for (const plan of plans) results[plan.responseName] = await runField(run, plan, source, undefined)
  return results
}
