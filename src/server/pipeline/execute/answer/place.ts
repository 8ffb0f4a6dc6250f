/**
 * A place in the answer: a path as resolvers know it, and the slot that the value is written to. The places of an answer are a
 * tree; where a value that must not be null fails, the nearest place above that may be null is nulled, and everything on the way
 * is dead.
 */
export class Place {
  readonly prev: Place | undefined
  readonly key: string | number
  readonly typename: string | undefined
  readonly holder: unknown[]
  readonly slot: number
  readonly isNullable: boolean
  /** It was nulled, or lies below a place that was. */
  isDead = false
  /** An error has its place here or below. */
  hasErrors = false

  constructor(
    prev: Place | undefined,
    key: string | number,
    typename: string | undefined,
    holder: unknown[],
    slot: number,
    isNullable: boolean,
  ) {
    this.prev = prev
    this.key = key
    this.typename = typename
    this.holder = holder
    this.slot = slot
    this.isNullable = isNullable
  }
}

/** The place of an item of a list. */
export const itemPlace = (list: Place, index: number, results: unknown[], isNullable: boolean): Place =>
  new Place(list, index, undefined, results, index, isNullable)

/** The place of the field that a place belongs to, which may be an item of its list. */
export const fieldPlace = (place: Place): Place => {
  let at = place
  while (at.typename === undefined && at.prev !== undefined) at = at.prev
  return at
}

/** True when nothing that is written to the place would be seen. */
export const isUnseen = (place: Place | undefined): boolean => {
  for (let at = place; at !== undefined; at = at.prev) if (at.isDead) return true
  return false
}

/**
 * Nulls the nearest place that may be null, from `place` upwards, and marks what lies between as dead; false when there is none:
 * then all of the answer is null.
 */
export const nullAt = (place: Place): boolean => {
  for (let at: Place | undefined = place; at !== undefined; at = at.prev) {
    at.isDead = true
    if (!at.isNullable) continue
    at.holder[at.slot] = null
    return true
  }
  return false
}

/** Marks that an error has its place at or below each of these. */
export const markErrors = (place: Place): void => {
  for (let at: Place | undefined = place; at !== undefined && !at.hasErrors; at = at.prev) at.hasErrors = true
}
