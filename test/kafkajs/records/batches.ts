import type { CompressionType } from '../../../src/kafka/message.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import {
  type DecodedRecords,
  type DecodeRequest,
  decodeRecords,
} from '../../../src/kafkajs/records/decode/decode-records.ts'
import { encodeBatch } from '../../../src/kafkajs/records/encode/encode-batch.ts'
import type { BatchMessage } from '../../../src/kafkajs/records/parts/batch-message.ts'

/** All compression types. */
export const TYPES: readonly CompressionType[] = ['NONE', 'GZIP', 'SNAPPY', 'LZ4', 'ZSTD']

/** A message with this text as its value. */
export const saying = (text: string): BatchMessage => ({
  key: null,
  value: Buffer.from(text),
  headers: [],
  timestamp: 1_700_000_000_000,
})

/** The batch as stored at this offset. The broker writes the offset, which no checksum covers. */
export const at = (offset: bigint | number, batch: Buffer): Buffer => {
  batch.writeBigInt64BE(BigInt(offset), 0)
  return batch
}

/** A batch with these texts, at this offset. */
export const batchOf = async (
  offset: bigint | number,
  texts: readonly string[],
  compressionType: CompressionType = 'NONE',
): Promise<Buffer> => at(offset, await encodeBatch(texts.map(saying), { compressionType, producer: null }))

/** Decodes from offset 0 with generous limits by default. */
export const decode = (records: Buffer, request: Partial<DecodeRequest> = {}): Promise<DecodedRecords> =>
  decodeRecords({
    records,
    partition: 3,
    from: toOffset(0),
    isolationLevel: 'READ_COMMITTED',
    abortedTransactions: [],
    limits: { maxDecompressedBytes: 64 * 1024 * 1024, sliceMs: 2 },
    ...request,
  })

/** `offset:value` of each message. */
export const told = ({ messages }: DecodedRecords): string[] =>
  messages.map(({ offset, value }) => `${offset}:${value?.toString() ?? 'null'}`)

/** The start of each entry of a log. */
export const startsOf = (records: Buffer): number[] => {
  const starts: number[] = []
  for (let start = 0; start < records.length; start += 12 + records.readInt32BE(start + 8)) starts.push(start)
  return starts
}
