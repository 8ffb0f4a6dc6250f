import type { ElectionType } from '../../../kafka/ports/replica-admin.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import { byTopic } from '../by-topic.ts'
import { type PartitionResult, readPartitionResults } from './partition-results.ts'

/** An election for some partitions; null for all. */
export interface Election {
  readonly electionType: ElectionType
  readonly partitions: readonly TopicPartition[] | null
}

const TYPES: Readonly<Record<ElectionType, number>> = { PREFERRED: 0, UNCLEAN: 1 }
/** Topic of a result that concerns the whole request, in an election for all partitions. */
const NO_TOPIC = ''

/**
 * ElectLeaders v2 (Kafka 2.4 and newer). An error of the whole request becomes each partition's result. In an election
 * for all partitions it becomes one result without a topic.
 */
export const electLeadersRequest = (
  { electionType, partitions }: Election,
  timeoutMs: number,
): ApiRequest<readonly PartitionResult[]> => ({
  apiKey: 43,
  apiName: 'ElectLeaders',
  apiVersion: 2,
  isFlexible: true,
  encode: writer => {
    writer.int8(TYPES[electionType])
    writer.compactArray(partitions && byTopic(partitions), ({ topic, items }) => {
      writer.compactString(topic)
      writer.compactArray(items, ({ partition }) => writer.int32(partition)).noTags()
    })
    writer.int32(timeoutMs).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const errorCode = reader.int16()
    if (errorCode === 0) return readPartitionResults(reader)
    const about: readonly { readonly topic: string; readonly partition: number }[] = partitions ?? [
      { topic: NO_TOPIC, partition: -1 },
    ]
    return about.map(({ topic, partition }) => ({ topic, partition, errorCode, errorMessage: null }))
  },
})
