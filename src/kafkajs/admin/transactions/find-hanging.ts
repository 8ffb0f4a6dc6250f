import { isFailure } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { HangingSearch, HangingTransaction, TransactionAdmin } from '../../../kafka/ports/transaction-admin.ts'
import { partitionKey, type TopicPartition } from '../../../kafka/topic-partition.ts'
import { openIn } from './describe-producers.ts'

type Reads = Pick<TransactionAdmin, 'listTransactions' | 'describeTransactions' | 'describeProducers'>

const keyOf = (producerId: bigint, partition: TopicPartition): string => `${producerId} ${partitionKey(partition)}`

/**
 * The open transactions known to coordinators, by producer and partition. @throws KafkaError unless every coordinator
 * answers: a transaction must not be called hanging because its coordinator is down.
 */
const knownToCoordinators = async (
  reads: Reads,
  call: Call,
  producerIds: readonly bigint[],
): Promise<ReadonlySet<string>> => {
  const filter = { states: [], producerIds, minDurationMs: null, transactionalIdPattern: null }
  const { transactions, failures } = await reads.listTransactions(call, filter)
  const [failure] = failures
  if (failure !== undefined) throw failure.error
  const ids = transactions.map(({ transactionalId }) => transactionalId)
  const known = new Set<string>()
  for (const described of await reads.describeTransactions(call, ids)) {
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
  call: Call,
  partitions: readonly TopicPartition[],
  minIdleMs: number,
): Promise<HangingSearch> => {
  const outcomes = await reads.describeProducers(call, partitions)
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
  const known = await knownToCoordinators(reads, call, producerIds)
  return { hanging: open.filter(one => !known.has(keyOf(one.producer.producerId, one))), failures }
}
