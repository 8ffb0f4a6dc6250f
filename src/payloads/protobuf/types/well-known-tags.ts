/** The tags of the fields of Google's well-known types, by their numbers and wire types. */
export const TAG_1_VARINT = 8
export const TAG_1_BYTES = 10
export const TAG_2_VARINT = 16
export const TAG_2_BYTES = 18
export const TAG_3_VARINT = 24

/** The tags of google.protobuf.Value. */
export const VALUE_TAGS = { null: 8, number: 17, string: 26, bool: 32, struct: 42, list: 50 } as const
