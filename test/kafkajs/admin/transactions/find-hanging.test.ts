import { expect, it } from 'vitest'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import { toOffset } from '../../../../src/kafka/offset.ts'
import type { ProducerState, TransactionAdmin, TransactionList } from '../../../../src/kafka/ports/transaction-admin.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { findHanging } from '../../../../src/kafkajs/admin/transactions/find-hanging.ts'
import { testCall } from '../../../support/call.ts'

const topic = toTopicName('orders')
const partitions = [0, 1, 2].map(partition => ({ topic, partition }))
const HOUR = 3_600_000

const producer = (producerId: bigint, more: Partial<ProducerState> = {}): ProducerState => ({
  producerId,
  producerEpoch: 0,
  lastSequence: 0,
  lastTimestamp: Date.now() - HOUR,
  coordinatorEpoch: null,
  currentTransactionStartOffset: toOffset(7),
  ...more,
})

type Reads = Pick<TransactionAdmin, 'listTransactions' | 'describeTransactions' | 'describeProducers'>

/** Producer 1 has open transactions in partitions 0 and 1. Its coordinator knows only the one in partition 0. */
const reads = (list: Partial<TransactionList> = {}): Reads => ({
  describeProducers: async () => [
    [producer(1n), producer(2n, { currentTransactionStartOffset: null })],
    [producer(1n), producer(3n, { lastTimestamp: Date.now() }), producer(4n)],
    new KafkaError('LEADER_NOT_AVAILABLE'),
  ],
  listTransactions: async (_call, { producerIds }) => {
    expect(producerIds).toEqual([1n, 4n])
    const known = { state: 'ONGOING', coordinator: 1 } as const
    const transactions = [
      { transactionalId: 'one', producerId: 1n, ...known },
      { transactionalId: 'expired', producerId: 4n, ...known },
    ]
    return { transactions, failures: [], ...list }
  },
  describeTransactions: async () => [
    {
      transactionalId: 'one',
      producerId: 1n,
      state: 'ONGOING',
      coordinator: 1,
      producerEpoch: 0,
      timeoutMs: 60_000,
      startTime: 1,
      topicPartitions: [{ topic, partition: 0 }],
    },
    new KafkaError('TRANSACTIONAL_ID_NOT_FOUND'),
  ],
})

it('an open, idle transaction that no coordinator knows is hanging; a partition that cannot be searched is reported', async () => {
  const { hanging, failures } = await findHanging(reads(), testCall, partitions, HOUR / 2)
  expect(hanging.map(one => [one.partition, one.producer.producerId])).toEqual([
    [1, 1n],
    [1, 4n],
  ])
  expect(failures).toMatchObject([{ partition: 2, error: { code: 'LEADER_NOT_AVAILABLE' } }])
})

it('nothing is reported as hanging while a coordinator is unreachable', async () => {
  const away = { failures: [{ nodeId: 2, error: new KafkaError('KAFKA_UNAVAILABLE') }] }
  await expect(findHanging(reads(away), testCall, partitions, HOUR / 2)).rejects.toMatchObject({
    code: 'KAFKA_UNAVAILABLE',
  })
})
