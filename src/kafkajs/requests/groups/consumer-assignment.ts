import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import { ByteReader } from '../../wire/byte-reader.ts'
import { assignedPartitions } from './assigned-partitions.ts'

/**
 * The partitions in a classic consumer's MemberAssignment, any version, because newer versions only append. Empty
 * during a rebalance, or if the group's leader, which writes these bytes, used another format.
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
