import { type ApiRequest, pickVersion } from '../connection/api-request.ts'
import type { ByteReader } from './byte-reader.ts'
import type { SpeaksVersions } from './spoken-versions.ts'

/** A registered broker; `isFenced` null where the version does not tell. */
export interface WireBroker {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly isFenced: boolean | null
}

/** A cluster as DescribeCluster tells it. */
export interface DescribedCluster {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly brokers: readonly WireBroker[]
  /** A bit for each operation; -2147483648 when not told. */
  readonly authorizedOperations: number
}

const API_KEY = 60
/** Version 2 (Kafka 4.0) tells of fenced brokers too. */
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

/** DescribeCluster v1 (Kafka 3.7 and newer) or v2: the brokers, fenced ones too, and what may be done with the cluster. */
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
