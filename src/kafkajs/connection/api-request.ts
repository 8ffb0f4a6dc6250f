import { KafkaError } from '../../kafka/kafka-error.ts'
import type { ByteReader } from '../protocol/byte-reader.ts'
import type { ByteWriter } from '../protocol/byte-writer.ts'
import type { ApiVersions } from '../protocol/spoken-versions.ts'

/** One request of Kafka's protocol in one version, and how its answer is read. */
export interface ApiRequest<T> {
  readonly apiKey: number
  readonly apiName: string
  readonly apiVersion: number
  /** Flexible versions have tagged fields in their headers and bodies. */
  readonly isFlexible: boolean
  /** False only for Produce with acks 0: the broker answers nothing. */
  readonly expectsResponse?: boolean
  encode(writer: ByteWriter): void
  decode(reader: ByteReader): T | Promise<T>
}

/**
 * The newest of `versions` that the broker speaks.
 * @throws KafkaError UNSUPPORTED_VERSION when it speaks none of them.
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
  const text = `this Kafka, or a proxy before it, does not support ${apiName} (version ${versions.join(', ')}): it speaks ${spokenText}`
  throw new KafkaError('UNSUPPORTED_VERSION', text)
}
