import type { GraphQLFormattedError } from 'graphql'
import { expect } from 'vitest'

/** A result as clients see it. */
export interface Seen {
  readonly data: unknown
  readonly errors: readonly GraphQLFormattedError[]
}

/** What clients see of a result. */
export const seen = (result: unknown): Seen => {
  const { data = null, errors = [] } = JSON.parse(JSON.stringify(result))
  return { data, errors }
}

/** Where null stands in the data on the way to an error's place. */
const nullAbove = (data: unknown, path: readonly (string | number)[] = []): string => {
  let at = data
  for (const [index, key] of path.entries()) {
    if (at === null || at === undefined) return JSON.stringify(path.slice(0, index))
    at = Object(at)[key]
  }
  return JSON.stringify(path)
}

/**
 * Errors by the null that they stand for. Where several stand for one, only the first to come counts, and which that is depends on
 * the order in which promises settle: of those, each has to be one that may come.
 */
const byNull = ({ data, errors }: Seen): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>()
  for (const error of errors) {
    const place = nullAbove(data, error.path)
    groups.set(place, [...(groups.get(place) ?? []), JSON.stringify(error)].sort())
  }
  return groups
}

/** `possible` are the errors that may come where several stand for one null; without it such errors are not compared. */
export const expectSame = (own: Seen, theirs: Seen, hint: string, possible?: readonly string[]): void => {
  expect(own.data, hint).toEqual(theirs.data)
  const [ownErrors, theirErrors] = [byNull(own), byNull(theirs)]
  expect([...ownErrors.keys()].sort(), hint).toEqual([...theirErrors.keys()].sort())
  for (const [place, errors] of ownErrors) {
    const expected = theirErrors.get(place) ?? []
    for (const error of errors)
      if (!expected.includes(error) && !error.includes('Cannot return null') && possible)
        expect(possible, `${hint} ${place}`).toContain(error)
  }
}
