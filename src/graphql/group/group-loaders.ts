import DataLoader from 'dataloader'
import { once } from '../../async/once.ts'
import type { EpochMs } from '../../kafka/epoch-ms.ts'
import type { CommittedOffset, GroupDescription, GroupList } from '../../kafka/groups.ts'
import { isFailure } from '../../kafka/kafka-error.ts'
import type { MessagePosition } from '../../kafka/message-times.ts'
import type { Offset } from '../../kafka/offset.ts'
import { partitionKey, type TopicPartition } from '../../kafka/topic-partition.ts'
import type { MakeShared } from '../loaders.ts'

// All of these fail with KafkaError, which a list of groups tells beside the groups: fields translate it themselves.

/** One end of a partition's log. */
export interface LogEnd extends TopicPartition {
  readonly at: 'earliest' | 'latest'
}

/** Every group that could be listed, asked for once. */
export const groupList: MakeShared<() => Promise<GroupList>> = ({ groups }, options) =>
  once(() => groups.listGroups(options))

/** Groups with their members; null where there is no group of that id. */
export const groupDescriptions: MakeShared<DataLoader<string, GroupDescription | null>> = (
  { groups },
  options,
  schedule,
) =>
  new DataLoader<string, GroupDescription | null>(
    async groupIds =>
      (await groups.describeGroups(groupIds, options)).map(outcome =>
        isFailure(outcome) && outcome.code === 'GROUP_ID_NOT_FOUND' ? null : outcome,
      ),
    schedule,
  )

/** What groups have committed; nothing where there is no group of that id. */
export const groupCommits: MakeShared<DataLoader<string, readonly CommittedOffset[]>> = (
  { groups },
  options,
  schedule,
) =>
  new DataLoader<string, readonly CommittedOffset[]>(
    async groupIds =>
      (await groups.committedOffsets(groupIds, options)).map(outcome =>
        isFailure(outcome) && outcome.code === 'GROUP_ID_NOT_FOUND' ? [] : outcome,
      ),
    schedule,
  )

/** Earliest offsets and high watermarks; null where there is no such partition. */
export const logEnds: MakeShared<DataLoader<LogEnd, Offset | null, string>> = ({ catalog }, options, schedule) =>
  new DataLoader<LogEnd, Offset | null, string>(
    async ends => {
      const requests = ends.map(end => ({ ...end, isolationLevel: 'READ_UNCOMMITTED' as const }))
      return (await catalog.listOffsets(requests, options)).map(outcome => {
        if (!isFailure(outcome)) return outcome.offset
        return outcome.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? null : outcome
      })
    },
    { ...schedule, cacheKeyFn: end => `${end.at} ${partitionKey(end)}` },
  )

/** Timestamps of the first messages from positions on. */
export const firstTimestamps: MakeShared<DataLoader<MessagePosition, EpochMs | null, string>> = (
  { messageTimes },
  options,
  schedule,
) =>
  new DataLoader<MessagePosition, EpochMs | null, string>(
    async positions => [...(await messageTimes.firstTimestamps(positions, options))],
    { ...schedule, cacheKeyFn: position => `${partitionKey(position)} ${position.offset}` },
  )
