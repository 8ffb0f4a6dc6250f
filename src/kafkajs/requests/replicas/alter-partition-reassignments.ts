import type { NewPartitionReassignment } from '../../../kafka/ports/replica-admin.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import { byTopic } from '../by-topic.ts'
import { type PartitionResult, readPartitionResults } from './partition-results.ts'

/** Options of a reassignment. */
export interface ReassignmentMode {
  readonly timeoutMs: number
  readonly allowReplicationFactorChange: boolean
}

/**
 * AlterPartitionReassignments v0 (Kafka 2.4 and newer), or v1 (4.1 and newer) to forbid a change of the number of
 * replicas. An error of the whole request becomes each partition's result.
 */
export const alterPartitionReassignmentsRequest = (
  reassignments: readonly NewPartitionReassignment[],
  { timeoutMs, allowReplicationFactorChange }: ReassignmentMode,
): ApiRequest<readonly PartitionResult[]> => ({
  apiKey: 45,
  apiName: 'AlterPartitionReassignments',
  apiVersion: allowReplicationFactorChange ? 0 : 1,
  isFlexible: true,
  encode: writer => {
    writer.int32(timeoutMs)
    if (!allowReplicationFactorChange) writer.boolean(false)
    writer.compactArray(byTopic(reassignments), ({ topic, items }) => {
      writer.compactString(topic)
      writer.compactArray(items, ({ partition, replicas }) => {
        writer.int32(partition).compactArray(replicas, nodeId => writer.int32(nodeId))
        writer.noTags()
      })
      writer.noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    if (!allowReplicationFactorChange) reader.boolean() // as it was asked
    const errorCode = reader.int16()
    const errorMessage = reader.compactString()
    if (errorCode === 0) return readPartitionResults(reader)
    return reassignments.map(({ topic, partition }) => ({ topic, partition, errorCode, errorMessage }))
  },
})
