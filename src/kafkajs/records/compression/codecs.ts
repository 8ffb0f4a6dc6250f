import type { CompressionType } from '../../../kafka/message.ts'
import type { Codec } from './codec.ts'
import { gzip } from './gzip.ts'
import { lz4 } from './lz4.ts'
import { snappy } from './snappy.ts'
import { zstd } from './zstd.ts'

/** Kafka's compression types, indexed by their number: the lowest three bits of a batch's attributes. */
export const COMPRESSION_TYPES: readonly CompressionType[] = ['NONE', 'GZIP', 'SNAPPY', 'LZ4', 'ZSTD']

/** The codec of each compression type. */
export const CODECS: Readonly<Record<Exclude<CompressionType, 'NONE'>, Codec>> = {
  GZIP: gzip,
  SNAPPY: snappy,
  LZ4: lz4,
  ZSTD: zstd,
}
