import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { WireConfigResource } from './config-resource.ts'

/** Which configs to describe, in how much detail. */
export interface WireConfigSelection {
  /** Null selects all. */
  readonly names: readonly string[] | null
  readonly synonyms: boolean
  readonly documentation: boolean
}

/** One source of a config's value, on the wire. */
interface WireConfigSynonym {
  readonly name: string
  readonly value: string | null
  readonly source: number
}

/** One config on the wire. */
export interface WireConfig {
  readonly name: string
  readonly value: string | null
  readonly isReadOnly: boolean
  readonly source: number
  readonly isSensitive: boolean
  readonly synonyms: readonly WireConfigSynonym[]
  readonly type: number
  readonly documentation: string | null
}

/** One resource's configs, or its own error. */
export interface DescribedConfigs {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly type: number
  readonly name: string
  readonly configs: readonly WireConfig[]
}

const readSynonym = (reader: ByteReader): WireConfigSynonym => {
  const synonym = { name: reader.compactString() ?? '', value: reader.compactString(), source: reader.int8() }
  reader.skipTags()
  return synonym
}

const readConfig = (reader: ByteReader): WireConfig => {
  const config = {
    name: reader.compactString() ?? '',
    value: reader.compactString(),
    isReadOnly: reader.boolean(),
    source: reader.int8(),
    isSensitive: reader.boolean(),
    synonyms: reader.compactArray(() => readSynonym(reader)),
    type: reader.int8(),
    documentation: reader.compactString(),
  }
  reader.skipTags()
  return config
}

const readResource = (reader: ByteReader): DescribedConfigs => {
  const resource = {
    errorCode: reader.int16(),
    errorMessage: reader.compactString(),
    type: reader.int8(),
    name: reader.compactString() ?? '',
    configs: reader.compactArray(() => readConfig(reader)),
  }
  reader.skipTags()
  return resource
}

/**
 * DescribeConfigs v4 (Kafka 2.8 and newer): the same selection of each resource. A broker serves only its own broker
 * configs.
 */
export const describeConfigsRequest = (
  resources: readonly WireConfigResource[],
  { names, synonyms, documentation }: WireConfigSelection,
): ApiRequest<readonly DescribedConfigs[]> => ({
  apiKey: 32,
  apiName: 'DescribeConfigs',
  apiVersion: 4,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(resources, ({ type, name }) =>
      writer
        .int8(type)
        .compactString(name)
        .compactArray(names, one => writer.compactString(one))
        .noTags(),
    )
    writer.boolean(synonyms).boolean(documentation).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readResource(reader))
  },
})
