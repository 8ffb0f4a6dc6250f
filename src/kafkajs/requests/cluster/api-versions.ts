import type { FinalizedFeature } from '../../../kafka/ports/cluster-inspector.ts'
import { type ApiRequest, pickVersion } from '../../wire/api-request.ts'
import { ByteReader } from '../../wire/byte-reader.ts'
import type { SpeaksVersions } from '../../wire/spoken-versions.ts'

/** The versions of one request, as on the wire. */
export interface WireApiRange {
  readonly apiKey: number
  readonly minVersion: number
  readonly maxVersion: number
}

/** The versions that a broker supports, and the cluster's finalized features. */
export interface DescribedVersions {
  readonly errorCode: number
  readonly apiKeys: readonly WireApiRange[]
  readonly finalizedFeatures: readonly FinalizedFeature[]
}

const API_KEY = 18
const FINALIZED_FEATURES_TAG = 2

const readRange = (reader: ByteReader): WireApiRange => {
  const range = { apiKey: reader.int16(), minVersion: reader.int16(), maxVersion: reader.int16() }
  reader.skipTags()
  return range
}

const readFeature = (reader: ByteReader): FinalizedFeature => {
  const name = reader.compactString() ?? ''
  const maxVersionLevel = reader.int16()
  const feature = { name, minVersionLevel: reader.int16(), maxVersionLevel }
  reader.skipTags()
  return feature
}

const readFeatures = (reader: ByteReader): readonly FinalizedFeature[] => {
  let features: readonly FinalizedFeature[] = []
  for (let left = reader.uvarint(); left > 0; left--) {
    const tag = reader.uvarint()
    const value = new ByteReader(reader.raw(reader.uvarint()))
    if (tag === FINALIZED_FEATURES_TAG) features = value.compactArray(() => readFeature(value))
  }
  return features
}

/**
 * ApiVersions v3 (Kafka 2.4 and newer) or v4. Unlike every other flexible response its header has no tagged fields, so
 * that brokers of any age can answer it. The request's own tags are therefore written here.
 */
export const apiVersionsRequest = ({ versions }: SpeaksVersions): ApiRequest<DescribedVersions> => ({
  apiKey: API_KEY,
  apiName: 'ApiVersions',
  apiVersion: pickVersion(versions, API_KEY, 'ApiVersions', [3, 4]),
  isFlexible: false,
  encode: writer => {
    writer.noTags().compactString('kafka-graphql').compactString('1').noTags()
  },
  decode: reader => {
    const errorCode = reader.int16()
    const apiKeys = reader.compactArray(() => readRange(reader))
    reader.throttleTime()
    return { errorCode, apiKeys, finalizedFeatures: readFeatures(reader) }
  },
})
