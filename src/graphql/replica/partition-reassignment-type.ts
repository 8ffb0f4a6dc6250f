import type { PartitionReassignment as PartitionReassignmentShape } from '../../kafka/ports/replica-admin.ts'
import { Partition } from '../partition/partition-type.ts'
import { objectRef } from '../schema-part.ts'
import { topicNamed } from '../topic/topic-type.ts'

/** A partition on the move. */
export const PartitionReassignment = objectRef<PartitionReassignmentShape>('PartitionReassignment').implement({
  description:
    'A partition whose replicas are being moved to other brokers. The new replicas copy the whole log first; once they are in sync, those that are not wanted any more are deleted, and the move is over. The partition can be written and read all the time.',
  fields: t => ({
    partition: t.field({
      description: 'The partition that is on the move; null, with an error beside it, when it was deleted meanwhile.',
      type: Partition,
      nullable: true,
      resolve: ({ topic, partition }) => ({ kind: 'Partition' as const, topic: topicNamed(topic), partition }),
    }),
    replicas: t.intList({
      description:
        'Node ids of all brokers that hold or receive a copy during the move: those that stay, those being added and those being removed.',
      resolve: ({ replicas }) => [...replicas],
    }),
    addingReplicas: t.intList({
      description: 'Node ids of the brokers that are copying the log and will keep it.',
      resolve: ({ addingReplicas }) => [...addingReplicas],
    }),
    removingReplicas: t.intList({
      description: 'Node ids of the brokers that will delete their copy when the others are in sync.',
      resolve: ({ removingReplicas }) => [...removingReplicas],
    }),
  }),
})
