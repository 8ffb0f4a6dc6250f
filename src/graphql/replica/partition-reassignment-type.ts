import type { PartitionReassignment as PartitionReassignmentShape } from '../../kafka/ports/replica-admin.ts'
import { objectRef } from '../core/schema-part.ts'
import { Partition } from '../partition/partition-type.ts'
import { topicNamed } from '../topic/topic-type.ts'

export const PartitionReassignment = objectRef<PartitionReassignmentShape>('PartitionReassignment').implement({
  description:
    'A partition whose replicas are moving to other brokers. The new replicas first copy the whole log. Once they are in sync, Kafka deletes the replicas that are no longer wanted, and the move is complete. Clients can read and write the partition throughout.',
  fields: t => ({
    partition: t.field({
      description: 'The partition that is moving; null with an error if it was deleted in the meantime.',
      type: Partition,
      nullable: true,
      resolve: ({ topic, partition }) => ({ kind: 'Partition' as const, topic: topicNamed(topic), partition }),
    }),
    replicas: t.intList({
      description:
        'Node ids of all brokers with a copy during the move: those that keep theirs, those being added and those being removed.',
      resolve: ({ replicas }) => [...replicas],
    }),
    addingReplicas: t.intList({
      description: 'Node ids of the brokers that are copying the log and will keep it.',
      resolve: ({ addingReplicas }) => [...addingReplicas],
    }),
    removingReplicas: t.intList({
      description: 'Node ids of the brokers that will delete their copy once the others are in sync.',
      resolve: ({ removingReplicas }) => [...removingReplicas],
    }),
  }),
})
