import { isFailure } from '../../kafka/kafka-error.ts'
import type { TopicPartition } from '../../kafka/topic-partition.ts'
import type { HangingSearch, HangingTransaction, TransactionAdmin } from '../../kafka/transaction-admin.ts'
import { openIn } from './describe-producers.ts'

type Reads = Pick<TransactionAdmin, 'listTransactions' | 'describeTransactions' | 'describeProducers'>

const keyOf = (producerId: bigint, { topic, partition }: TopicPartition): string =>
  `${producerId} ${topic}/${partition}`

/**
 * The open transactions known to coordinators, by producer and partition. @throws KafkaError unless every coordinator
 * answers: a transaction must not be called hanging because its coordinator is down.
 */
const knownToCoordinators = async (
  reads: Reads,
  producerIds: readonly bigint[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> => {
  const options = signal ? { signal } : {}
  const filter = { states: [], producerIds, minDurationMs: null, transactionalIdPattern: null }
  const { transactions, failures } = await reads.listTransactions(filter, options)
  const [failure] = failures
  if (failure !== undefined) throw failure.error
  const ids = transactions.map(({ transactionalId }) => transactionalId)
  const known = new Set<string>()
  for (const described of await reads.describeTransactions(ids, options)) {
    if (!isFailure(described)) {
      for (const partition of described.topicPartitions) known.add(keyOf(described.producerId, partition))
      // The id expired between the two requests. Nothing will end its transaction.
    } else if (described.code !== 'TRANSACTIONAL_ID_NOT_FOUND') throw described
  }
  return known
}

/**
 * Open transactions, idle for `minIdleMs`, that no coordinator will end. Finds the same as `kafka-transactions
 * find-hanging`.
 */
export const findHanging = async (
  reads: Reads,
  partitions: readonly TopicPartition[],
  minIdleMs: number,
  signal?: AbortSignal,
): Promise<HangingSearch> => {
  const outcomes = await reads.describeProducers(partitions, signal ? { signal } : {})
  const idleSince = Date.now() - minIdleMs
  const open: readonly HangingTransaction[] = partitions.flatMap((partition, index) => {
    const outcome = outcomes[index] ?? []
    return openIn(outcome)
      .filter(({ lastTimestamp }) => (lastTimestamp ?? 0) <= idleSince)
      .map(producer => ({ ...partition, producer }))
  })
  const failures = partitions.flatMap((partition, index) => {
    const outcome = outcomes[index] ?? []
    return isFailure(outcome) ? [{ ...partition, error: outcome }] : []
  })
  if (open.length === 0) return { hanging: [], failures }
  const producerIds = [...new Set(open.map(({ producer }) => producer.producerId))]
  const known = await knownToCoordinators(reads, producerIds, signal)
  return { hanging: open.filter(one => !known.has(keyOf(one.producer.producerId, one))), failures }
}
