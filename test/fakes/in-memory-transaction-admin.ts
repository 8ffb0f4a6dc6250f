import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { ProducerState, TransactionAdmin } from '../../src/kafka/ports/transaction-admin.ts'
import type { FakeTransaction, InMemoryCluster } from './in-memory-cluster.ts'

const stateOf = ({ producerId, endedAt }: FakeTransaction): ProducerState => ({
  producerId,
  producerEpoch: 0,
  lastSequence: 0,
  lastTimestamp: endedAt,
  coordinatorEpoch: 0,
  currentTransactionStartOffset: null,
})

/** The TransactionAdmin port over the fake's cluster: it has transactions that `produce` wrote, and none that is open. */
export const inMemoryTransactionAdmin = (cluster: InMemoryCluster): TransactionAdmin => {
  const listingOf = ({ transactionalId, producerId }: FakeTransaction) =>
    ({ transactionalId, producerId, state: 'COMPLETE_COMMIT', coordinator: 1 }) as const
  return {
    async listTransactions({ signal }, { states, producerIds, transactionalIdPattern }) {
      cluster.mustAnswer(signal)
      const pattern = transactionalIdPattern === null ? null : new RegExp(`^(${transactionalIdPattern})$`)
      const transactions = cluster.transactions
        .map(listingOf)
        .filter(({ state }) => states.length === 0 || states.includes(state))
        .filter(({ producerId }) => producerIds.length === 0 || producerIds.includes(producerId))
        .filter(({ transactionalId }) => pattern?.test(transactionalId) ?? true)
      return { transactions, failures: [] }
    },
    async describeTransactions({ signal }, transactionalIds) {
      cluster.mustAnswer(signal)
      return transactionalIds.map(id => {
        const found = cluster.transactions.find(({ transactionalId }) => transactionalId === id)
        if (found === undefined) return new KafkaError('TRANSACTIONAL_ID_NOT_FOUND')
        return { ...listingOf(found), producerEpoch: 0, timeoutMs: 60_000, startTime: null, topicPartitions: [] }
      })
    },
    async describeProducers({ signal }, partitions) {
      cluster.mustAnswer(signal)
      return partitions.map(({ topic, partition }) => {
        if (cluster.topic(topic)?.partitions[partition] === undefined)
          return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
        const wrote = ({ written }: FakeTransaction) => written.has(`${topic} ${partition}`)
        return cluster.transactions.filter(wrote).map(stateOf)
      })
    },
    async findHanging({ signal }, partitions) {
      cluster.mustAnswer(signal)
      const failures = partitions
        .filter(({ topic, partition }) => cluster.topic(topic)?.partitions[partition] === undefined)
        .map(at => ({ ...at, error: new KafkaError('UNKNOWN_TOPIC_OR_PARTITION') }))
      return { hanging: [], failures }
    },
    async abortTransaction({ signal }, { topic, partition }) {
      cluster.mustAnswer(signal)
      const isThere = cluster.topic(topic)?.partitions[partition] !== undefined
      return isThere ? { topic, partition } : new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
    },
  }
}
