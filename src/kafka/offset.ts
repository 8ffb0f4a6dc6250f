declare const offset: unique symbol

/** The position of a message within its partition: a 64-bit integer, first message 0. */
export type Offset = bigint & { readonly [offset]: true }

export const toOffset = (value: bigint | number): Offset => BigInt(value) as Offset

export const plus = (start: Offset, count: number): Offset => toOffset(start + BigInt(count))

/** The greater of two offsets. */
export const later = (one: Offset, other: Offset): Offset => (one > other ? one : other)

/** The smaller of two offsets. */
export const earlier = (one: Offset, other: Offset): Offset => (one < other ? one : other)
