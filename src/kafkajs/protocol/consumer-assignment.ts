import type { TopicPartition } from '../../kafka/topic-partition.ts'
import { assignedPartitions } from './assigned-partitions.ts'
import { ByteReader } from './byte-reader.ts'

/**
 * The partitions in a classic consumer's MemberAssignment, any version: newer ones only append. Empty while the group
 * rebalances, and where the group's leader, which writes these bytes, wrote something else.
 */
export const consumerAssignmentOf = (bytes: Buffer): readonly TopicPartition[] => {
  if (bytes.length === 0) return []
  const reader = new ByteReader(bytes)
  try {
    reader.int16() // version
    const readTopic = () => ({ topic: reader.string() ?? '', partitions: reader.array(() => reader.int32()) })
    return assignedPartitions(reader.array(readTopic))
  } catch {
    return []
  }
}
