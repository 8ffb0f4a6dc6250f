import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import { type ApiRequest, pickVersion } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { SpeaksVersions } from '../../wire/spoken-versions.ts'
import { byTopic } from '../by-topic.ts'

/** One replica's log, as on the wire. */
export interface WireReplicaLog {
  readonly topic: string
  readonly partition: number
  readonly size: bigint
  readonly offsetLag: bigint
  readonly isFuture: boolean
}

/** One directory on the wire; -1 for unknown bytes. */
export interface WireLogDir {
  readonly errorCode: number
  readonly path: string
  readonly replicas: readonly WireReplicaLog[]
  readonly totalBytes: bigint
  readonly usableBytes: bigint
  /** Null below version 5. */
  readonly isCordoned: boolean | null
}

/** A broker's directories, or an error. */
export interface DescribedLogDirs {
  readonly errorCode: number
  readonly logDirs: readonly WireLogDir[]
}

const API_KEY = 35
/** Version 5 (Kafka 4.3) reports whether a directory is cordoned. */
const CORDON_VERSION = 5

const readTopic = (reader: ByteReader): readonly WireReplicaLog[] => {
  const topic = reader.compactString() ?? ''
  const replicas = reader.compactArray(() => {
    const partition = reader.int32()
    const log = { topic, partition, size: reader.int64(), offsetLag: reader.int64(), isFuture: reader.boolean() }
    reader.skipTags()
    return log
  })
  reader.skipTags()
  return replicas
}

const readLogDir = (reader: ByteReader, version: number): WireLogDir => {
  const logDir = {
    errorCode: reader.int16(),
    path: reader.compactString() ?? '',
    replicas: reader.compactArray(() => readTopic(reader)).flat(),
    totalBytes: reader.int64(),
    usableBytes: reader.int64(),
    isCordoned: version >= CORDON_VERSION ? reader.boolean() : null,
  }
  reader.skipTags()
  return logDir
}

/**
 * DescribeLogDirs v4 (Kafka 3.3 and newer) or v5: a broker's directories, with the replicas of these partitions or of
 * all.
 */
export const describeLogDirsRequest = (
  { versions }: SpeaksVersions,
  partitions: readonly TopicPartition[] | null,
): ApiRequest<DescribedLogDirs> => {
  const apiVersion = pickVersion(versions, API_KEY, 'DescribeLogDirs', [4, CORDON_VERSION])
  return {
    apiKey: API_KEY,
    apiName: 'DescribeLogDirs',
    apiVersion,
    isFlexible: true,
    encode: writer => {
      writer.compactArray(partitions && byTopic(partitions), ({ topic, items }) => {
        writer.compactString(topic)
        writer.compactArray(items, ({ partition }) => writer.int32(partition)).noTags()
      })
      writer.noTags()
    },
    decode: reader => {
      reader.throttleTime()
      return { errorCode: reader.int16(), logDirs: reader.compactArray(() => readLogDir(reader, apiVersion)) }
    },
  }
}
