const sets = new WeakMap<readonly unknown[], ReadonlySet<unknown>>()

/** A list as a set, made once: the same argument is looked through for each of thousands of objects. */
export const setOf = <T>(list: readonly T[]): ReadonlySet<T> => {
  const known = sets.get(list)
  // The one set under a list holds its items.
  if (known !== undefined) return known as ReadonlySet<T>
  const made = new Set(list)
  sets.set(list, made)
  return made
}
