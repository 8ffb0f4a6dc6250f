import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { ApiVersions } from './spoken-versions.ts'

/** One version of a Kafka request, with the reader of its response. */
export interface ApiRequest<T> {
  readonly apiKey: number
  readonly apiName: string
  readonly apiVersion: number
  /** Flexible versions have tagged fields in headers and bodies. */
  readonly isFlexible: boolean
  /** False only for Produce with acks 0, which has no response. */
  readonly expectsResponse?: boolean
  encode(writer: ByteWriter): void
  decode(reader: ByteReader): T | Promise<T>
}

/**
 * The newest of `versions` that the broker supports.
 * @throws KafkaError UNSUPPORTED_VERSION if it supports none of them.
 */
export const pickVersion = (
  spoken: ApiVersions,
  apiKey: number,
  apiName: string,
  versions: readonly number[],
): number => {
  const range = spoken[apiKey]
  const fitting = versions.filter(v => range !== undefined && v >= range.minVersion && v <= range.maxVersion)
  if (fitting.length > 0) return Math.max(...fitting)
  const spokenText = range === undefined ? 'none' : `${range.minVersion} to ${range.maxVersion}`
  const text = `this Kafka, or a proxy in front of it, does not support ${apiName} (version ${versions.join(', ')}): it supports ${spokenText}`
  throw new KafkaError('UNSUPPORTED_VERSION', text)
}
