import type { PartitionDescription } from '../../kafka/cluster.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import { isTopicName } from '../../kafka/topic-name.ts'
import { Broker, findBroker } from '../cluster/broker-type.ts'
import type { GraphQLContext } from '../core/context.ts'
import { operationError } from '../core/errors/failures.ts'
import { mapMaybePromise } from '../core/map-maybe-promise.ts'
import { type FindNode, globalId, idNumber, NodeInterface } from '../core/node.ts'
import { objectRef } from '../core/schema-part.ts'
import { describe, findTopic, Topic, type TopicNode } from '../topic/topic-type.ts'

/** A partition in a resolver. Topic and number are known; other fields load on demand. */
export interface PartitionNode {
  readonly kind: 'Partition'
  readonly topic: TopicNode
  readonly partition: number
  readonly description?: PartitionDescription
}

/** A partition of a topic whose description is loaded. */
export const partitionDescribed = (topic: TopicNode, description: PartitionDescription): PartitionNode => ({
  kind: 'Partition',
  topic,
  partition: description.partition,
  description,
})

/** Loads the partition's description. @throws GraphQLError UNKNOWN_TOPIC_OR_PARTITION when it no longer exists. */
export const describePartition = (
  node: PartitionNode,
  context: GraphQLContext,
): PartitionDescription | Promise<PartitionDescription> => node.description ?? askForPartition(node, context)

const askForPartition = async (node: PartitionNode, context: GraphQLContext): Promise<PartitionDescription> => {
  const { name, partitions } = await describe(node.topic, context)
  const found = partitions.find(({ partition }) => partition === node.partition)
  if (found) return found
  throw operationError(
    new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no partition ${node.partition} of ${name}.`),
  )
}

/** One partition of a topic; null if the topic has no such partition. */
export const findPartition = async (
  topic: TopicNode,
  number: number,
  context: GraphQLContext,
): Promise<PartitionNode | null> => {
  const { partitions } = await describe(topic, context)
  const description = partitions.find(({ partition }) => partition === number)
  return description ? partitionDescribed(topic, description) : null
}

const findNode: FindNode = async ([name = '', part], context) => {
  const topic = isTopicName(name) ? await findTopic(name, context) : null
  const number = idNumber(part)
  return topic && number !== null ? findPartition(topic, number, context) : null
}

export const Partition = objectRef<PartitionNode>('Partition').implement({
  description:
    'One log of a topic: messages in the order in which producers appended them. Each message has an offset, its position, counted from 0. Several brokers keep a copy of the partition, called a replica. One replica is the leader, which producers write to and consumers read from; the others are followers that copy it. Followers that keep up are the in-sync replicas. When the leader dies, one of them becomes the leader, and no message acknowledged with acks ALL is lost.',
  interfaces: [NodeInterface],
  extensions: { findNode },
  fields: t => ({
    id: t.id({
      description: 'The global id of this partition.',
      resolve: ({ topic, partition }, _, context) => globalId(context, 'Partition', topic.name, partition),
    }),
    topic: t.field({ description: 'The topic of this partition.', type: Topic, resolve: ({ topic }) => topic }),
    partition: t.int({
      description:
        'Its number within the topic, counted from 0. Messages with the same key go to the same partition, so they stay in order.',
      resolve: ({ partition }) => partition,
    }),
    leader: t.field({
      description:
        'The broker whose replica takes all writes and serves reads. Null while the partition is offline: it has no leader until an in-sync replica returns.',
      type: Broker,
      nullable: true,
      resolve: (node, _, context) =>
        mapMaybePromise(describePartition(node, context), ({ leader }) => findBroker(leader, context)),
    }),
    leaderEpoch: t.int({
      description:
        'How many times this partition has elected a leader. It grows by one with each election, so a change means that the leader died or moved. Null if the broker does not report it.',
      nullable: true,
      resolve: (node, _, context) =>
        mapMaybePromise(describePartition(node, context), ({ leaderEpoch }) => leaderEpoch),
    }),
    isUnderReplicated: t.boolean({
      description:
        'Whether fewer replicas are in sync than the partition has: a broker is dead or lags behind. No message is lost yet, but there are fewer copies than configured.',
      resolve: (node, _, context) =>
        mapMaybePromise(describePartition(node, context), ({ replicas, isr }) => isr.length < replicas.length),
    }),
  }),
})
