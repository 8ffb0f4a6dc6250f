import { type ExecutionResult, GraphQLError, locatedError, type Source } from 'graphql'
import { fieldIndex, placeInForm } from './form-nodes.ts'
import type { NormalForm } from './normal-form.ts'

/** Where a form's fields are in one client's document. */
export interface ErrorPlaces {
  readonly places: NormalForm['places']
  readonly source: Source | undefined
}

const placed = (error: GraphQLError, { source }: ErrorPlaces, positions: readonly number[]): GraphQLError => {
  const { message, path = null, originalError = null, extensions } = error
  return new GraphQLError(message, { source: source ?? null, positions, path, originalError, extensions })
}

/** An error that a resolver made from its nodes, pointing into the client's document. */
const relocated = (error: GraphQLError, at: ErrorPlaces): GraphQLError => {
  const indexes = error.nodes?.flatMap(node => fieldIndex(node) ?? []) ?? []
  return indexes.length === 0
    ? error
    : placed(
        error,
        at,
        indexes.flatMap(index => at.places[index] ?? []),
      )
}

const own = (error: GraphQLError, at: ErrorPlaces): GraphQLError => {
  const thrown = error.originalError ?? new Error(error.message)
  const cause = thrown instanceof GraphQLError ? relocated(thrown, at) : thrown
  const located = locatedError(cause, undefined, error.path)
  if (located === cause || located.positions !== undefined) return located
  return placed(located, at, at.places[placeInForm(error).index] ?? [])
}

/** The path of the part of the result that is null around an error; null when only the error's own field is. */
const nullAround = (data: unknown, path: readonly (string | number)[]): string | null => {
  let value: unknown = data
  for (const [depth, key] of path.entries()) {
    if (typeof value !== 'object' || value === null) return path.slice(0, depth).join('.')
    value = Reflect.get(value, key)
  }
  return null
}

/**
 * The errors that graphql would report. A null in a non-null field makes the part around it null, and graphql stops
 * there. graphql-jit continues: a list of 1,000 broken items has 1,000 errors.
 */
const reported = ({ data, errors = [] }: ExecutionResult): readonly GraphQLError[] => {
  const nulls = new Set<string>()
  return errors.filter(error => {
    const { path = [] } = error
    const around = nullAround(data, path)
    if (around === null) return true
    const isCause = placeInForm(error).isNonNull || typeof path.at(-1) === 'number'
    if (!isCause || nulls.has(around)) return false
    nulls.add(around)
    return true
  })
}

/**
 * graphql-jit's errors lack `extensions` and point into the normal form. Replaces them with GraphQL errors that point
 * into the client's document.
 */
export const withOwnErrors = (result: ExecutionResult, at: ErrorPlaces): ExecutionResult => ({
  ...result,
  errors: reported(result).map(error => own(error, at)),
})
