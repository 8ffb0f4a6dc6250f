import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'

/** One broker in a Metadata response. */
export interface MetadataBroker {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
}

/** One partition in a Metadata response; leader is -1 if there is none. */
export interface MetadataPartition {
  readonly errorCode: number
  readonly partition: number
  readonly leader: number
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly offlineReplicas: readonly number[]
  /** Null: not part of this response. */
  readonly eligibleLeaderReplicas: readonly number[] | null
  readonly lastKnownEligibleLeaderReplicas: readonly number[] | null
}

/** One topic in a Metadata response. */
export interface MetadataTopic {
  readonly errorCode: number
  readonly name: string
  readonly topicId: string
  readonly isInternal: boolean
  readonly partitions: readonly MetadataPartition[]
  /** One bit per operation; -2147483648 if not reported. */
  readonly authorizedOperations: number
}

/** A Metadata response. */
export interface MetadataAnswer {
  readonly brokers: readonly MetadataBroker[]
  readonly clusterId: string
  /** -1 if unknown. Under KRaft brokers report any broker here, because all of them forward to the controller. */
  readonly controllerId: number
  readonly topics: readonly MetadataTopic[]
}

const readBroker = (reader: ByteReader): MetadataBroker => {
  const broker = {
    nodeId: reader.int32(),
    host: reader.compactString() ?? '',
    port: reader.int32(),
    rack: reader.compactString(),
  }
  reader.skipTags()
  return broker
}

const readPartition = (reader: ByteReader): MetadataPartition => {
  const partition = {
    errorCode: reader.int16(),
    partition: reader.int32(),
    leader: reader.int32(),
    leaderEpoch: reader.int32(),
    replicas: reader.compactArray(() => reader.int32()),
    isr: reader.compactArray(() => reader.int32()),
    offlineReplicas: reader.compactArray(() => reader.int32()),
    eligibleLeaderReplicas: null,
    lastKnownEligibleLeaderReplicas: null,
  }
  reader.skipTags()
  return partition
}

const readTopic = (reader: ByteReader): MetadataTopic => {
  const topic = {
    errorCode: reader.int16(),
    name: reader.compactString() ?? '',
    topicId: reader.uuid(),
    isInternal: reader.boolean(),
    partitions: reader.compactArray(() => readPartition(reader)).sort((a, b) => a.partition - b.partition),
    authorizedOperations: reader.int32(),
  }
  reader.skipTags()
  return topic
}

const NO_TOPIC_ID = '00000000-0000-0000-0000-000000000000'

/** Metadata v12 (Kafka 3.0 and newer): brokers and these topics; null requests all topics. Never creates a topic. */
export const metadataRequest = (
  topics: readonly string[] | null,
  includeAuthorizedOperations = false,
): ApiRequest<MetadataAnswer> => ({
  apiKey: 3,
  apiName: 'Metadata',
  apiVersion: 12,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(topics, name => writer.uuid(NO_TOPIC_ID).compactString(name).noTags())
    writer.boolean(false).boolean(includeAuthorizedOperations).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return {
      brokers: reader.compactArray(() => readBroker(reader)),
      clusterId: reader.compactString() ?? '',
      controllerId: reader.int32(),
      topics: reader.compactArray(() => readTopic(reader)),
    }
  },
})
