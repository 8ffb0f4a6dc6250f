import type { ConfigResourceType } from '../../../kafka/cluster.ts'
import { type ApiRequest, pickVersion } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { ApiVersions } from '../../wire/spoken-versions.ts'
import { wireConfigType } from './config-resource.ts'

const API_KEY = 74
const API_NAME = 'ListConfigResources'
/** Before this version (Kafka 4.1) brokers list only client metrics. */
const ANY_TYPE_VERSION = 1

/** The names that a broker lists, or an error. */
export interface ListedConfigResources {
  readonly errorCode: number
  readonly names: readonly string[]
}

const readName = (reader: ByteReader, apiVersion: number): string => {
  const name = reader.compactString() ?? ''
  if (apiVersion >= ANY_TYPE_VERSION) reader.int8() // the type asked for
  reader.skipTags()
  return name
}

/**
 * ListConfigResources v0 (Kafka 3.7, client metrics only) or v1 (Kafka 4.1).
 * @throws KafkaError UNSUPPORTED_VERSION if the broker cannot list this type.
 */
export const listConfigResourcesRequest = (
  type: ConfigResourceType,
  versions: ApiVersions,
): ApiRequest<ListedConfigResources> => {
  const fitting = type === 'CLIENT_METRICS' ? [0, ANY_TYPE_VERSION] : [ANY_TYPE_VERSION]
  const apiVersion = pickVersion(versions, API_KEY, API_NAME, fitting)
  return {
    apiKey: API_KEY,
    apiName: API_NAME,
    apiVersion,
    isFlexible: true,
    encode: writer => {
      if (apiVersion >= ANY_TYPE_VERSION) writer.compactArray([wireConfigType(type)], number => writer.int8(number))
      writer.noTags()
    },
    decode: reader => {
      reader.throttleTime()
      return { errorCode: reader.int16(), names: reader.compactArray(() => readName(reader, apiVersion)) }
    },
  }
}
