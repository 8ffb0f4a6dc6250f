import type { GraphQLFormattedError } from 'graphql'
import { expect } from 'vitest'

/** A result as clients see it. */
export interface Seen {
  readonly data: unknown
  readonly errors: readonly GraphQLFormattedError[]
}

/** Converts a result to what clients see. */
export const seen = (result: unknown): Seen => {
  const { data = null, errors = [] } = JSON.parse(JSON.stringify(result))
  return { data, errors }
}

/** The place of the null on the path of an error. */
const nullAbove = (data: unknown, path: readonly (string | number)[] = []): string => {
  let at = data
  for (const [index, key] of path.entries()) {
    if (at === null || at === undefined) return JSON.stringify(path.slice(0, index))
    at = Object(at)[key]
  }
  return JSON.stringify(path)
}

/**
 * Errors by the null that they explain. Where several explain one, only the first one counts, and which that is depends
 * on the order in which promises settle. Of those, each has to be a possible one.
 */
const byNull = ({ data, errors }: Seen): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>()
  for (const error of errors) {
    const place = nullAbove(data, error.path)
    groups.set(place, [...(groups.get(place) ?? []), JSON.stringify(error)].sort())
  }
  return groups
}

/** `possible` are the errors that may occur where several explain one null. Without it such errors are not compared. */
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
