import type { GraphQLError } from 'graphql'

/** A place in an answer, from its end to its beginning: what graphql's resolvers get as `info.path`. */
export interface Path {
  readonly prev: Path | undefined
  readonly key: string | number
  readonly typename: string | undefined
}

/** The errors of one answer, in the order of their happening; none from below a place that another has made null. */
export class CollectedErrors {
  readonly errors: GraphQLError[] = []
  #nulled: Set<Path | undefined> | null = null

  /** `path` is the place that becomes null: undefined for the whole answer. */
  add(error: GraphQLError, path: Path | undefined): void {
    this.#nulled ??= new Set()
    if (isBelow(path, this.#nulled)) return
    this.#nulled.add(path)
    this.errors.push(error)
  }
}

const isBelow = (path: Path | undefined, nulled: ReadonlySet<Path | undefined>): boolean => {
  for (let at = path; at !== undefined; at = at.prev) if (nulled.has(at)) return true
  return nulled.has(undefined)
}
