import type { FolderParts } from '../schema-part.ts'
import { createPartitionsParts } from './create-partitions.ts'
import { deleteRecordsParts } from './delete-records.ts'
import { DeleteRecordsPayload } from './delete-records-payload.ts'
import { IsolationLevelEnum } from './isolation-level.ts'
import { partitionIsUnderMinIsr } from './min-isr.ts'
import { offsetsByTimeParts } from './offsets-by-time.ts'
import { partitionChangeParts } from './partition-change-types.ts'
import { partitionChangedSubscription } from './partition-changed.ts'
import { PartitionOffset } from './partition-offset-type.ts'
import { partitionOffsetsParts } from './partition-offsets.ts'
import { Partition } from './partition-type.ts'
import { TopicPartition } from './topic-partition.ts'
import { TopicPartitionInput } from './topic-partition-input.ts'
import { topicPartitionsFields } from './topic-partitions.ts'
import { truncateTopicMutation } from './truncate-topic.ts'

/** What the schema says of partitions. */
export const partitionSchema: FolderParts = {
  reads: [
    IsolationLevelEnum,
    partitionIsUnderMinIsr,
    offsetsByTimeParts,
    partitionChangeParts,
    partitionChangedSubscription,
    PartitionOffset,
    partitionOffsetsParts,
    Partition,
    TopicPartition,
    topicPartitionsFields,
  ],
  writes: [createPartitionsParts, DeleteRecordsPayload, deleteRecordsParts, TopicPartitionInput, truncateTopicMutation],
}
