import { crc32c } from '@node-rs/crc32'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { CODECS, COMPRESSION_TYPES } from '../compression/codecs.ts'
import { type BatchHeader, FIELD } from '../parts/batch-header.ts'

/** Whether the batch is intact: CRC-32C covers everything from its attributes on. */
export const hasFittingCrc = (batch: Buffer): boolean =>
  batch.readUInt32BE(FIELD.crc) === crc32c(batch.subarray(FIELD.attributes))

/** @throws KafkaError CORRUPT_MESSAGE if the batch is damaged. */
export const checkCrc = (batch: Buffer): void => {
  if (!hasFittingCrc(batch)) throw new KafkaError('CORRUPT_MESSAGE', 'the record batch fails its checksum')
}

/**
 * Decompresses the records of a batch. @throws KafkaError UNSUPPORTED_COMPRESSION_TYPE, DECODE_LIMIT, CORRUPT_MESSAGE
 */
export const openRecords = async (
  batch: Buffer,
  { compression, recordCount }: BatchHeader,
  maxBytes: number,
): Promise<Buffer> => {
  const stored = batch.subarray(FIELD.records)
  const type = COMPRESSION_TYPES[compression]
  if (type === undefined) {
    throw new KafkaError('UNSUPPORTED_COMPRESSION_TYPE', `the record batch has the unknown compression ${compression}`)
  }
  // An empty batch, left by compaction, may have no bytes that a codec accepts.
  return type === 'NONE' || recordCount === 0 ? stored : CODECS[type].decompress(stored, maxBytes)
}
