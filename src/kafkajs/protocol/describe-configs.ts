import type { ApiRequest } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'
import type { WireConfigResource } from './config-resource.ts'

/** What is told about which configs. */
export interface WireConfigSelection {
  /** Null: all. */
  readonly names: readonly string[] | null
  readonly synonyms: boolean
  readonly documentation: boolean
}

/** One place that could set a config, as on the wire. */
interface WireConfigSynonym {
  readonly name: string
  readonly value: string | null
  readonly source: number
}

/** One config, as on the wire. */
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

/** One resource's configs, or the error that it alone met. */
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

/** DescribeConfigs v4 (Kafka 2.8 and newer): the same configs of each resource. A broker tells only its own. */
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
