import { type ApiRequest, pickVersion } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { SpeaksVersions } from '../../wire/spoken-versions.ts'

/** A registered broker; `isFenced` is null in versions that do not report it. */
export interface WireBroker {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly isFenced: boolean | null
}

/** A DescribeCluster response. */
export interface DescribedCluster {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly brokers: readonly WireBroker[]
  /** One bit per operation; -2147483648 if not reported. */
  readonly authorizedOperations: number
}

const API_KEY = 60
/** Version 2 (Kafka 4.0) includes fenced brokers. */
const FENCED_VERSION = 2
const OF_BROKERS = 1

const readBroker = (reader: ByteReader, version: number): WireBroker => {
  const broker = {
    nodeId: reader.int32(),
    host: reader.compactString() ?? '',
    port: reader.int32(),
    rack: reader.compactString(),
    isFenced: version >= FENCED_VERSION ? reader.boolean() : null,
  }
  reader.skipTags()
  return broker
}

/** DescribeCluster v1 (Kafka 3.7 and newer) or v2: the brokers, including fenced ones, and the authorized operations. */
export const describeClusterRequest = ({ versions }: SpeaksVersions): ApiRequest<DescribedCluster> => {
  const apiVersion = pickVersion(versions, API_KEY, 'DescribeCluster', [1, FENCED_VERSION])
  return {
    apiKey: API_KEY,
    apiName: 'DescribeCluster',
    apiVersion,
    isFlexible: true,
    encode: writer => {
      writer.boolean(true).int8(OF_BROKERS)
      if (apiVersion >= FENCED_VERSION) writer.boolean(true)
      writer.noTags()
    },
    decode: reader => {
      reader.throttleTime()
      const errorCode = reader.int16()
      const errorMessage = reader.compactString()
      reader.int8() // endpoint type
      reader.compactString() // cluster id
      reader.int32() // controller id: any broker under KRaft
      const brokers = reader.compactArray(() => readBroker(reader, apiVersion))
      return { errorCode, errorMessage, brokers, authorizedOperations: reader.int32() }
    },
  }
}
