import type { FolderParts } from '../core/schema-part.ts'
import { createPartitionsParts } from '../partition/create-partitions.ts'
import { deleteRecordsParts } from '../partition/delete-records.ts'
import { DeleteRecordsPayload } from '../partition/delete-records-payload.ts'
import { IsolationLevelEnum } from '../partition/isolation-level.ts'
import { partitionIsUnderMinIsr } from '../partition/min-isr.ts'
import { offsetsByTimeParts } from '../partition/offsets-by-time.ts'
import { partitionChangeParts } from '../partition/partition-change-types.ts'
import { partitionChangedSubscription } from '../partition/partition-changed.ts'
import { PartitionOffset } from '../partition/partition-offset-type.ts'
import { partitionOffsetsParts } from '../partition/partition-offsets.ts'
import { Partition } from '../partition/partition-type.ts'
import { TopicPartition } from '../partition/topic-partition.ts'
import { TopicPartitionInput } from '../partition/topic-partition-input.ts'
import { topicPartitionsFields } from '../partition/topic-partitions.ts'
import { truncateTopicMutation } from '../partition/truncate-topic.ts'

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
