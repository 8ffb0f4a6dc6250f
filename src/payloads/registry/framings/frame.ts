const ID_BYTES = 4

const zigzag = (value: number): readonly number[] => {
  const bytes: number[] = []
  let rest = value * 2
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return [...bytes, rest]
}

const indexBytes = (indexes: readonly number[]): readonly number[] =>
  indexes.length === 1 && indexes[0] === 0 ? [0] : [indexes.length, ...indexes].flatMap(zigzag)

/**
 * A value with Confluent's framing: a zero byte, the id, and for Protobuf the place of the message in its file. Confluent's
 * clients write the place of the first message as a single 0.
 */
export const frame = (schemaId: number, messageIndexes: readonly number[] | null, value: Uint8Array): Buffer => {
  const head = Buffer.alloc(1 + ID_BYTES)
  head.writeUInt32BE(schemaId, 1)
  return Buffer.concat([head, Uint8Array.from(messageIndexes === null ? [] : indexBytes(messageIndexes)), value])
}
