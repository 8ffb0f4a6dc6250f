import DataLoader from 'dataloader'
import { once } from '../../async/once.ts'
import type { EpochMs } from '../../kafka/epoch-ms.ts'
import { isFailure } from '../../kafka/errors/kafka-error.ts'
import type { CommittedOffset, GroupDescription, GroupList } from '../../kafka/groups.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { MessagePosition } from '../../kafka/ports/message-times.ts'
import { partitionKey, type TopicPartition } from '../../kafka/topic-partition.ts'
import type { MakeShared } from '../core/loaders.ts'

// All of these reject with KafkaError. A list of groups returns it next to the groups; fields translate it themselves.

/** One end of a partition's log. */
export interface LogEnd extends TopicPartition {
  readonly at: 'earliest' | 'latest'
}

/** Every group that the brokers listed, requested once. */
export const groupList: MakeShared<() => Promise<GroupList>> = ({ groups }, call) => once(() => groups.listGroups(call))

/** Groups with their members; null if there is no group with this id. */
export const groupDescriptions: MakeShared<DataLoader<string, GroupDescription | null>> = (
  { groups },
  call,
  schedule,
) =>
  new DataLoader<string, GroupDescription | null>(
    async groupIds =>
      (await groups.describeGroups(call, groupIds)).map(outcome =>
        isFailure(outcome) && outcome.code === 'GROUP_ID_NOT_FOUND' ? null : outcome,
      ),
    schedule,
  )

/** The committed offsets of groups; empty if there is no group with this id. */
export const groupCommits: MakeShared<DataLoader<string, readonly CommittedOffset[]>> = ({ groups }, call, schedule) =>
  new DataLoader<string, readonly CommittedOffset[]>(
    async groupIds =>
      (await groups.committedOffsets(call, groupIds)).map(outcome =>
        isFailure(outcome) && outcome.code === 'GROUP_ID_NOT_FOUND' ? [] : outcome,
      ),
    schedule,
  )

/** Earliest offsets and high watermarks; null if there is no such partition. */
export const logEnds: MakeShared<DataLoader<LogEnd, Offset | null, string>> = ({ catalog }, call, schedule) =>
  new DataLoader<LogEnd, Offset | null, string>(
    async ends => {
      const requests = ends.map(end => ({ ...end, isolationLevel: 'READ_UNCOMMITTED' as const }))
      return (await catalog.listOffsets(call, requests)).map(outcome => {
        if (!isFailure(outcome)) return outcome.offset
        return outcome.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? null : outcome
      })
    },
    { ...schedule, cacheKeyFn: end => `${end.at} ${partitionKey(end)}` },
  )

/** Timestamps of the first messages at or after given positions. */
export const firstTimestamps: MakeShared<DataLoader<MessagePosition, EpochMs | null, string>> = (
  { messageTimes },
  call,
  schedule,
) =>
  new DataLoader<MessagePosition, EpochMs | null, string>(
    async positions => [...(await messageTimes.firstTimestamps(call, positions))],
    { ...schedule, cacheKeyFn: position => `${partitionKey(position)} ${position.offset}` },
  )
