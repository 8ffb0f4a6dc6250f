const sets = new WeakMap<readonly unknown[], ReadonlySet<unknown>>()

/** A set of a list's items, built once: thousands of objects search the same argument. */
export const setOf = <T>(list: readonly T[]): ReadonlySet<T> => {
  const known = sets.get(list)
  // The set stored under a list holds that list's items.
  if (known !== undefined) return known as ReadonlySet<T>
  const made = new Set(list)
  sets.set(list, made)
  return made
}
