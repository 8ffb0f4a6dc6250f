import { expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { ProducerState, TransactionAdmin } from '../../../src/kafka/ports/transaction-admin.ts'
import { codes, harness } from '../harness.ts'

const unexpected = async (): Promise<never> => {
  throw new Error('not expected in this test')
}

const withTransactions = (methods: Partial<TransactionAdmin>) =>
  harness({
    topics: { orders: 3 },
    ports: {
      transactions: {
        listTransactions: unexpected,
        describeTransactions: unexpected,
        describeProducers: unexpected,
        findHanging: unexpected,
        abortTransaction: unexpected,
        ...methods,
      },
    },
  })

const listed = (transactionalId: string) =>
  ({ transactionalId, producerId: 2n ** 53n + 1n, state: 'ONGOING', coordinator: 1 }) as const

it('transactions are described in one go; one that has gone leaves the others, and a silent broker is named', async () => {
  const asked: (readonly string[])[] = []
  const { run } = withTransactions({
    listTransactions: async () => ({
      transactions: [listed('a'), listed('b')],
      failures: [{ nodeId: 2, error: new KafkaError('KAFKA_UNAVAILABLE', 'silent') }],
    }),
    describeTransactions: async (_call, ids) => {
      asked.push(ids)
      const known = { producerEpoch: 3, timeoutMs: 60_000, startTime: 1_700_000_000_000, topicPartitions: [] }
      return ids.map(id => (id === 'a' ? { ...listed(id), ...known } : new KafkaError('TRANSACTIONAL_ID_NOT_FOUND')))
    },
  })
  const answer = await run(
    '{ cluster { transactions { totalCount errors { code message } nodes { transactionalId producerId producerEpoch startTime } } } }',
  )
  expect(answer.data).toEqual({
    cluster: {
      transactions: {
        totalCount: 2,
        errors: [
          {
            code: 'KAFKA_UNAVAILABLE',
            message: 'Broker 2 did not list the transactions that it coordinates: silent',
          },
        ],
        nodes: [
          {
            transactionalId: 'a',
            producerId: '9007199254740993',
            producerEpoch: 3,
            startTime: '2023-11-14T22:13:20.000Z',
          },
          { transactionalId: 'b', producerId: '9007199254740993', producerEpoch: null, startTime: null },
        ],
      },
    },
  })
  expect(codes(answer)).toEqual(['TRANSACTIONAL_ID_NOT_FOUND', 'TRANSACTIONAL_ID_NOT_FOUND'])
  expect(asked).toEqual([['a', 'b']])
})

it('producers of all partitions are asked for at once; each partition tells its newest first', async () => {
  let calls = 0
  const producer = (producerId: bigint, lastTimestamp: number | null): ProducerState => ({
    producerId,
    producerEpoch: 0,
    lastSequence: null,
    lastTimestamp,
    coordinatorEpoch: null,
    currentTransactionStartOffset: null,
  })
  const { run } = withTransactions({
    describeProducers: async (_call, partitions) => {
      calls++
      return partitions.map(({ partition }) =>
        partition === 2
          ? new KafkaError('LEADER_NOT_AVAILABLE')
          : [producer(1n, null), producer(2n, 5), producer(3n, 9)],
      )
    },
  })
  const answer = await run('{ topic(name: "orders") { partitions { producers(first: 2) { producerId } } } }')
  const newest = { producers: [{ producerId: '3' }, { producerId: '2' }] }
  expect(answer.data).toEqual({ topic: { partitions: [newest, newest, { producers: null }] } })
  expect(codes(answer)).toEqual(['LEADER_NOT_AVAILABLE'])
  expect(calls).toBe(1)
})

it('an abort with an epoch that none is never reaches Kafka', async () => {
  const { run } = withTransactions({})
  const { data } = await run(
    'mutation { abortTransaction(topic: "orders", partition: 0, producerId: 1, producerEpoch: 40000, coordinatorEpoch: 0) { errors { code path } topicPartition { partition { partition } } } }',
  )
  expect(data).toEqual({
    abortTransaction: { errors: [{ code: 'INVALID_PRODUCER_EPOCH', path: ['producerEpoch'] }], topicPartition: null },
  })
})
