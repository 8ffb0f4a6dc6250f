import { knownEpochMs } from '../../../kafka/epoch-ms.ts'
import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { toOffset } from '../../../kafka/offset.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { ProducerState } from '../../../kafka/ports/transaction-admin.ts'
import { partitionKey, type TopicPartition } from '../../../kafka/topic-partition.ts'
import {
  type DescribedProducers,
  describeProducersRequest,
  type WireProducer,
} from '../../requests/transactions/describe-producers.ts'
import { askLeaders, oneBatchPerLeader } from '../../transport/ask-leaders.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { TransactionAdminLimits } from './transaction-admin-limits.ts'

type Producers = Outcome<readonly ProducerState[]>

/** Like Kafka's own tool, to avoid blocking a broker with thousands of partitions. */
const MAX_PARTITIONS = 500

const known = (number: number): number | null => (number < 0 ? null : number)

const producerOf = (producer: WireProducer): ProducerState => ({
  producerId: producer.producerId,
  producerEpoch: producer.producerEpoch,
  lastSequence: known(producer.lastSequence),
  lastTimestamp: knownEpochMs(producer.lastTimestamp),
  coordinatorEpoch: known(producer.coordinatorEpoch),
  currentTransactionStartOffset:
    producer.currentTransactionStartOffset < 0n ? null : toOffset(producer.currentTransactionStartOffset),
})

const byProducerId = (one: ProducerState, other: ProducerState): number => (one.producerId < other.producerId ? -1 : 1)

const outcomeOf = ({ topic, errorCode, errorMessage, producers }: DescribedProducers): Producers =>
  errorCode === 0 ? producers.map(producerOf).sort(byProducerId) : kafkaErrorAbout({ topic }, errorCode, errorMessage)

const askOne = async (cluster: ClusterMap, nodeId: number, partitions: readonly TopicPartition[]) => {
  const answers = new Map<string, Producers>()
  for (let at = 0; at < partitions.length; at += MAX_PARTITIONS) {
    const some = partitions.slice(at, at + MAX_PARTITIONS)
    const described = await cluster.askNode(nodeId, () => describeProducersRequest(some))
    for (const one of described) answers.set(partitionKey(one), outcomeOf(one))
  }
  return partitions.map(
    partition =>
      answers.get(partitionKey(partition)) ??
      new KafkaError('UNKNOWN_SERVER_ERROR', 'the response of the leader does not contain this partition'),
  )
}

/** The producers of each partition, as its leader reports them, in order. */
export const describeProducers = async (
  cluster: ClusterMap,
  call: Call,
  partitions: readonly TopicPartition[],
  { deadlineMs, leaderWaitMs }: TransactionAdminLimits,
): Promise<readonly Producers[]> => {
  const asked = new Map(partitions.map(partition => [partitionKey(partition), partition]))
  const talk = {
    batches: oneBatchPerLeader,
    ask: (nodeId: number, ofLeader: readonly TopicPartition[]) => askOne(cluster, nodeId, ofLeader),
  }
  const bounds = { ...boundsOf(call, deadlineMs), leaderWaitMs: leftMs(call, leaderWaitMs) }
  const outcomes = await askLeaders(cluster, [...asked.values()], talk, bounds)
  const byKey = new Map([...asked.keys()].map((key, index) => [key, outcomes[index]]))
  return partitions.map(partition => byKey.get(partitionKey(partition)) ?? new KafkaError('UNKNOWN_SERVER_ERROR'))
}

/** The producers with an open transaction. */
export const openIn = (producers: Producers): readonly ProducerState[] =>
  isFailure(producers) ? [] : producers.filter(({ currentTransactionStartOffset: start }) => start !== null)
