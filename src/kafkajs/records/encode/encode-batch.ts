import { crc32c } from '@node-rs/crc32'
import type { CompressionType } from '../../../kafka/message.ts'
import { CODECS, COMPRESSION_TYPES } from '../compression/codecs.ts'
import { ATTRIBUTE, FIELD, LENGTH_PREFIX, MAGIC } from '../parts/batch-header.ts'
import type { BatchMessage } from '../parts/batch-message.ts'
import { BATCH_OVERHEAD, recordSize } from './record-size.ts'
import { RecordWriter } from './record-writer.ts'

/** The producer of a batch, and the sequence of its first message. */
export interface BatchProducer {
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly baseSequence: number
}

/** How to write a batch. */
export interface EncodeBatchOptions {
  readonly compressionType: CompressionType
  /** Null if neither idempotent nor transactional. */
  readonly producer: BatchProducer | null
  readonly isTransactional?: boolean
}

const NO_PRODUCER: BatchProducer = { producerId: -1n, producerEpoch: -1, baseSequence: -1 }

const writeRecords = (messages: readonly BatchMessage[], baseTimestamp: number): Buffer => {
  let size = 0
  messages.forEach((message, index) => {
    size += recordSize(message, index, message.timestamp - baseTimestamp)
  })
  const bytes = Buffer.allocUnsafe(size)
  const writer = new RecordWriter(bytes)
  messages.forEach((message, index) => {
    writer.record(message, index, message.timestamp - baseTimestamp)
  })
  return bytes
}

const latest = (messages: readonly BatchMessage[]): number =>
  messages.reduce((max, { timestamp }) => Math.max(max, timestamp), -1)

/** Encodes a magic 2 record batch for Produce. Offsets start at 0; the broker replaces them. */
export const encodeBatch = async (
  messages: readonly BatchMessage[],
  { compressionType, producer, isTransactional = false }: EncodeBatchOptions,
): Promise<Buffer> => {
  const baseTimestamp = messages[0]?.timestamp ?? -1
  const plain = writeRecords(messages, baseTimestamp)
  const records = compressionType === 'NONE' ? plain : await CODECS[compressionType].compress(plain)
  const batch = Buffer.allocUnsafe(BATCH_OVERHEAD + records.length)
  const { producerId, producerEpoch, baseSequence } = producer ?? NO_PRODUCER
  batch.writeBigInt64BE(0n, FIELD.baseOffset)
  batch.writeInt32BE(batch.length - LENGTH_PREFIX, FIELD.batchLength)
  batch.writeInt32BE(-1, FIELD.leaderEpoch)
  batch.writeInt8(MAGIC, FIELD.magic)
  const compression = COMPRESSION_TYPES.indexOf(compressionType)
  batch.writeInt16BE(compression | (isTransactional ? ATTRIBUTE.transactional : 0), FIELD.attributes)
  batch.writeInt32BE(messages.length - 1, FIELD.lastOffsetDelta)
  batch.writeBigInt64BE(BigInt(baseTimestamp), FIELD.baseTimestamp)
  batch.writeBigInt64BE(BigInt(latest(messages)), FIELD.maxTimestamp)
  batch.writeBigInt64BE(producerId, FIELD.producerId)
  batch.writeInt16BE(producerEpoch, FIELD.producerEpoch)
  batch.writeInt32BE(baseSequence, FIELD.baseSequence)
  batch.writeInt32BE(messages.length, FIELD.recordCount)
  records.copy(batch, FIELD.records)
  batch.writeUInt32BE(crc32c(batch.subarray(FIELD.attributes)), FIELD.crc)
  return batch
}
