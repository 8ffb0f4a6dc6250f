import type { IsrChanged, LeaderChanged, PartitionChange, PartitionWentOffline } from '../../kafka/ports/watches.ts'
import { objectRef, parts, unionType } from '../core/schema-part.ts'
import { topicDescribed } from '../topic/topic-type.ts'
import { Partition, partitionDescribed } from './partition-type.ts'

const nodeOf = ({ topic, partition }: PartitionChange) => partitionDescribed(topicDescribed(topic), partition)

const LeaderChangedType = objectRef<LeaderChanged>('LeaderChanged').implement({
  description:
    'A partition has a new leader. The previous one died, was stopped, or handed over to the preferred leader. Several elections between two polls arrive as one change.',
  fields: t => ({
    partition: t.field({ description: 'The partition in its new state.', type: Partition, resolve: nodeOf }),
    from: t.exposeInt('from', {
      description: 'Node id of the previous leader; null if the partition was offline.',
      nullable: true,
    }),
    to: t.exposeInt('to', {
      description:
        'Node id of the new leader. It equals `from` if another replica led in between; the leader epoch has then grown by at least two.',
      nullable: true,
    }),
    leaderEpoch: t.int({
      description: 'The leader epoch, which grows by one with each election. Null if the broker does not report it.',
      nullable: true,
      resolve: ({ partition }) => partition.leaderEpoch,
    }),
  }),
})

const IsrChangedType = objectRef<IsrChanged>('IsrChanged').implement({
  description:
    'Replicas of a partition fell out of sync or caught up. The fewer in-sync replicas, the fewer brokers can die before Kafka refuses or loses messages.',
  fields: t => ({
    partition: t.field({ description: 'The partition in its new state.', type: Partition, resolve: nodeOf }),
    added: t.exposeIntList('added', { description: 'Node ids of the replicas that caught up.' }),
    removed: t.exposeIntList('removed', { description: 'Node ids of the replicas that fell behind or died.' }),
    isr: t.intList({
      description: 'Node ids of the replicas that are in sync now.',
      resolve: ({ partition }) => [...partition.isr],
    }),
  }),
})

const PartitionWentOfflineType = objectRef<PartitionWentOffline>('PartitionWentOffline').implement({
  description:
    'A partition lost its leader, and no in-sync replica can take over. Nobody can read or write it. A LeaderChanged event reports when it is back.',
  fields: t => ({
    partition: t.field({ description: 'The partition in its new state.', type: Partition, resolve: nodeOf }),
  }),
})

const TYPE_NAMES = {
  leaderChanged: LeaderChangedType.name,
  isrChanged: IsrChangedType.name,
  partitionWentOffline: PartitionWentOfflineType.name,
} as const

export const PartitionChangeUnion = unionType('PartitionChange', {
  description: 'A change of a partition.',
  types: [LeaderChangedType, IsrChangedType, PartitionWentOfflineType],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
})

/** What this file adds to a schema. */
export const partitionChangeParts = parts(
  LeaderChangedType,
  IsrChangedType,
  PartitionWentOfflineType,
  PartitionChangeUnion,
)
