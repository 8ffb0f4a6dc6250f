/**
 * A place in the answer: a path as resolvers see it, and the slot for the value. The places of an answer form a tree. If a
 * non-null value fails, the nearest nullable place above becomes null, and all places between are dead.
 */
export class Place {
  readonly prev: Place | undefined
  readonly key: string | number
  readonly typename: string | undefined
  readonly holder: unknown[]
  readonly slot: number
  readonly isNullable: boolean
  /** It, or a place above it, was set to null because of an error. */
  isDead = false
  /** There is an error here or below. */
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

/** The place of the field; `place` may be an item of the field's list. */
export const fieldPlace = (place: Place): Place => {
  let at = place
  while (at.typename === undefined && at.prev !== undefined) at = at.prev
  return at
}

/** True if a value written to the place would not appear in the answer. */
export const isUnseen = (place: Place | undefined): boolean => {
  for (let at = place; at !== undefined; at = at.prev) if (at.isDead) return true
  return false
}

/**
 * Sets the nearest nullable place, from `place` upwards, to null and marks the places between as dead. False if there is none:
 * the whole answer is then null.
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

/** Marks that there is an error at or below each of these. */
export const markErrors = (place: Place): void => {
  for (let at: Place | undefined = place; at !== undefined && !at.hasErrors; at = at.prev) at.hasErrors = true
}
