import type { IsrChanged, LeaderChanged, PartitionChange, PartitionWentOffline } from '../../kafka/ports/watches.ts'
import { objectRef, parts, unionType } from '../schema-part.ts'
import { topicDescribed } from '../topic/topic-type.ts'
import { Partition, partitionDescribed } from './partition-type.ts'

const nodeOf = ({ topic, partition }: PartitionChange) => partitionDescribed(topicDescribed(topic), partition)

const LeaderChangedType = objectRef<LeaderChanged>('LeaderChanged').implement({
  description:
    'A partition has got another leader: the one before died, was stopped, or gave the lead back to the preferred one. Elections that came and went between two looks are told as one.',
  fields: t => ({
    partition: t.field({ description: 'The partition as it is now.', type: Partition, resolve: nodeOf }),
    from: t.exposeInt('from', {
      description: 'Node id of the leader before; null when the partition had none, so that it is online again.',
      nullable: true,
    }),
    to: t.exposeInt('to', {
      description:
        'Node id of the leader now. The same as `from` when others led in between: the leader epoch has grown by two or more.',
      nullable: true,
    }),
    leaderEpoch: t.int({
      description: 'Grows by one with each election. Null where the broker does not tell.',
      nullable: true,
      resolve: ({ partition }) => partition.leaderEpoch,
    }),
  }),
})

const IsrChangedType = objectRef<IsrChanged>('IsrChanged').implement({
  description:
    'Replicas of a partition have fallen out of sync or have caught up. The fewer in-sync replicas, the fewer brokers may die before messages are refused or lost.',
  fields: t => ({
    partition: t.field({ description: 'The partition as it is now.', type: Partition, resolve: nodeOf }),
    added: t.exposeIntList('added', { description: 'Node ids of the replicas that have caught up.' }),
    removed: t.exposeIntList('removed', { description: 'Node ids of the replicas that fell behind or died.' }),
    isr: t.intList({
      description: 'Node ids of the in-sync replicas now.',
      resolve: ({ partition }) => [...partition.isr],
    }),
  }),
})

const PartitionWentOfflineType = objectRef<PartitionWentOffline>('PartitionWentOffline').implement({
  description:
    'A partition has lost its leader and no in-sync replica can take over: nobody can write to it or read from it. LeaderChanged tells when it is back.',
  fields: t => ({
    partition: t.field({ description: 'The partition as it is now.', type: Partition, resolve: nodeOf }),
  }),
})

const TYPE_NAMES = {
  leaderChanged: LeaderChangedType.name,
  isrChanged: IsrChangedType.name,
  partitionWentOffline: PartitionWentOfflineType.name,
} as const

/** What happens to partitions. */
export const PartitionChangeUnion = unionType('PartitionChange', {
  description: 'What happens to a partition.',
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
