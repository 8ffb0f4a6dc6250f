import { crc32c } from '@node-rs/crc32'

/** Recomputes the batch's checksum after a test has changed its content. */
export const sealed = (batch: Buffer): Buffer => {
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17)
  return batch
}

/** Kafka's varint: zigzag, up to 64 bits. */
const varint = (value: bigint): Buffer => {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...bytes, Number(rest)])
}

/** A record with arbitrary deltas. */
export interface RawRecord {
  readonly offsetDelta: number
  readonly timestampDelta?: bigint
  readonly value: string
}

const rawRecord = ({ offsetDelta, timestampDelta = 0n, value }: RawRecord): Buffer => {
  const text = Buffer.from(value)
  const deltas = [varint(timestampDelta), varint(BigInt(offsetDelta))]
  const body = Buffer.concat([Buffer.of(0), ...deltas, varint(-1n), varint(BigInt(text.length)), text, varint(0n)])
  return Buffer.concat([varint(BigInt(body.length)), body])
}

/** A batch at offset 0 with records that no ordinary client would send. */
export const rawBatch = (records: readonly RawRecord[], baseTimestamp = 1_700_000_000_000n): Buffer => {
  const head = Buffer.alloc(61)
  const batch = Buffer.concat([head, ...records.map(rawRecord)])
  const times = records.map(({ timestampDelta = 0n }) => BigInt.asIntN(64, baseTimestamp + timestampDelta))
  batch.writeInt32BE(batch.length - 12, 8)
  batch.writeInt32BE(-1, 12)
  batch.writeInt8(2, 16)
  batch.writeInt32BE(records.length - 1, 23)
  batch.writeBigInt64BE(baseTimestamp, 27)
  batch.writeBigInt64BE(
    times.reduce((max, time) => (time > max ? time : max), baseTimestamp),
    35,
  )
  batch.writeBigInt64BE(-1n, 43)
  batch.writeInt16BE(-1, 51)
  batch.writeInt32BE(-1, 53)
  batch.writeInt32BE(records.length, 57)
  return sealed(batch)
}
