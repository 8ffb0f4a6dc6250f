import { randomUUID } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { openHangingTransaction } from '../support/hanging-transaction.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { graphqlWs } from '../support/subscribe.ts'
import { valuesOf } from './message-documents.ts'

const TRANSACTIONS_COMMAND = 'org.apache.kafka.tools.TransactionsCommand'

let kafka: LocalKafka
let app: TestApp

beforeAll(async () => {
  // Since 3.6 brokers ask the coordinator before they begin a transaction in a partition: without that, one can hang.
  kafka = await ownKafka({ nodes: 3, extraProperties: { 'transaction.partition.verification.enable': 'false' } })
  app = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
}, 180_000)
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await kafka?.close()
})

/** Rows of one of the tool's tables, by column. */
const rowsOf = (printed: string): readonly Readonly<Record<string, string>>[] => {
  const [head = '', ...rows] = printed.split('\n').filter(line => line.trim() !== '')
  const names = head.trim().split(/\s+/)
  return rows.map(row =>
    Object.fromEntries(
      row
        .trim()
        .split(/\s+/)
        .map((cell, index) => [names[index], cell]),
    ),
  )
}
const tool = async (...args: readonly string[]) => rowsOf(await kafkaToolOutput(app.kafka, TRANSACTIONS_COMMAND, args))

const begin = async (transactionalId: string) => {
  const client = new Kafka({ brokers: kafka.bootstrapServers.split(','), logLevel: logLevel.NOTHING })
  const producer = client.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  const transaction = await producer.transaction()
  return { producer, transaction }
}

const LIST = `query ($filter: TransactionFilter) {
  cluster {
    transactions(filter: $filter) {
      totalCount errors { code }
      nodes {
        transactionalId state producerId producerEpoch transactionTimeoutMs startTime coordinator { nodeId }
        topicPartitions { topic { name } partition { partition } }
      }
    }
  }
}`

interface Listed {
  readonly cluster: {
    readonly transactions: {
      readonly totalCount: number
      readonly errors: readonly unknown[]
      readonly nodes: readonly Readonly<Record<string, unknown>>[]
    }
  }
}

test('an ongoing transaction is listed and described as kafka-transactions does, and its producer with it', async () => {
  const topic = await app.freshTopic({ numPartitions: 2 })
  const transactionalId = `pay-${randomUUID()}`
  const { producer, transaction } = await begin(transactionalId)
  const messages = [
    { value: 'a', partition: 0 },
    { value: 'b', partition: 1 },
  ]
  await transaction.send({ topic, messages })
  const { transactions } = (await app.dataOf<Listed>(LIST, { filter: { states: ['ONGOING'] } })).cluster
  expect(transactions).toMatchObject({ totalCount: 1, errors: [] })
  const listed = (await tool('list')).find(row => row.TransactionalId === transactionalId)
  const [described] = await tool('describe', '--transactional-id', transactionalId)
  expect(transactions.nodes[0]).toMatchObject({
    transactionalId,
    state: 'ONGOING',
    producerId: listed?.ProducerId,
    producerEpoch: Number(described?.ProducerEpoch),
    transactionTimeoutMs: described?.TransactionTimeoutMs,
    startTime: new Date(Number(described?.CurrentTransactionStartTimeMs)).toISOString(),
    coordinator: { nodeId: Number(described?.CoordinatorId) },
    topicPartitions: [0, 1].map(partition => ({ topic: { name: topic }, partition: { partition } })),
  })
  for (const [filter, totalCount] of [
    [{ producerIds: [listed?.ProducerId], transactionalIdPattern: 'pay-.*' }, 1],
    [{ minDuration: 'PT1H' }, 0],
    [{ states: ['COMPLETE_COMMIT'] }, 0],
    [{ transactionalIdPattern: 'other-.*' }, 0],
  ] as const) {
    expect((await app.dataOf<Listed>(LIST, { filter })).cluster.transactions.totalCount).toBe(totalCount)
  }
  const producers = await app.dataOf(
    `query ($topic: String!) { topic(name: $topic) { partition(id: 1) { producers(isInTransaction: true) {
      producerId producerEpoch lastSequence lastTimestamp coordinatorEpoch currentTransactionStartOffset } } } }`,
    { topic },
  )
  const [row] = await tool('describe-producers', '--topic', topic, '--partition', '1')
  expect(producers).toEqual({
    topic: {
      partition: {
        producers: [
          {
            producerId: row?.ProducerId,
            producerEpoch: Number(row?.ProducerEpoch),
            lastSequence: Number(row?.LastSequence),
            lastTimestamp: new Date(Number(row?.LastTimestamp)).toISOString(),
            coordinatorEpoch: null,
            currentTransactionStartOffset: row?.CurrentTransactionStartOffset,
          },
        ],
      },
    },
  })
  await transaction.commit()
  await producer.disconnect()
  const one =
    'query ($id: String!) { cluster { transaction(transactionalId: $id) { state startTime topicPartitions { topic { name } } } } }'
  await eventually(async () =>
    expect(await app.dataOf(one, { id: transactionalId })).toMatchObject({
      cluster: { transaction: { state: 'COMPLETE_COMMIT', topicPartitions: [] } },
    }),
  )
  expect(await app.dataOf(one, { id: 'nobody' })).toEqual({ cluster: { transaction: null } })
})

const FIND = `query ($topic: String, $brokerId: Int, $minIdle: Duration! = "PT0S") {
  cluster {
    hangingTransactions(topic: $topic, brokerId: $brokerId, minIdle: $minIdle) {
      totalCount searchedPartitions errors { code }
      transactions {
        topicPartition { topic { name } partition { partition } }
        producer { producerId producerEpoch coordinatorEpoch currentTransactionStartOffset lastTimestamp }
      }
    }
  }
}`

interface Found {
  readonly cluster: {
    readonly hangingTransactions: {
      readonly transactions: readonly {
        readonly topicPartition: unknown
        readonly producer: {
          readonly producerId: string
          readonly producerEpoch: number
          readonly coordinatorEpoch: number | null
        }
      }[]
    }
  }
}

const ABORT = `mutation ($topic: String!, $partition: Int!, $producerId: Long!, $producerEpoch: Int!, $coordinatorEpoch: Int!) {
  abortTransaction(topic: $topic, partition: $partition, producerId: $producerId, producerEpoch: $producerEpoch,
    coordinatorEpoch: $coordinatorEpoch) { errors { code path } topicPartition { partition { partition } } }
}`

test('a hanging transaction is found as kafka-transactions finds it, blocks committed readers, and is aborted', async () => {
  const topic = await app.freshTopic({ numPartitions: 2 })
  const { producer, transaction } = await begin(`open-${randomUUID()}`)
  // An ongoing one beside it, which its coordinator knows, is not hanging.
  await transaction.send({ topic, messages: [{ value: 'ongoing', partition: 0 }] })
  await openHangingTransaction(app.kafka, topic, 1, 'never seen')
  await app.produce({ topic, messages: [{ value: { string: 'behind' }, partition: 1 }] })
  await using client = graphqlWs(app)
  const reading =
    'subscription ($topic: String!) { messages(topic: $topic, partitions: [1], from: { earliest: true }, isolationLevel: READ_COMMITTED) { value { string } } }'
  using reader = client.subscribe<{ messages: { value: { string: string } } }>(reading, { topic })
  const { hangingTransactions } = (await app.dataOf<Found>(FIND, { topic })).cluster
  const args = ['find-hanging', '--max-transaction-timeout', '0', '--topic', topic]
  const [row] = await tool(...args)
  expect(row).toMatchObject({ Topic: topic, Partition: '1' })
  expect(hangingTransactions).toEqual({
    totalCount: 1,
    searchedPartitions: 2,
    errors: [],
    transactions: [
      {
        topicPartition: { topic: { name: topic }, partition: { partition: 1 } },
        producer: {
          producerId: row?.ProducerId,
          producerEpoch: Number(row?.ProducerEpoch),
          coordinatorEpoch: null,
          currentTransactionStartOffset: row?.StartOffset,
          lastTimestamp: new Date(Number(row?.LastTimestamp)).toISOString(),
        },
      },
    ],
  })
  expect(await app.dataOf(FIND, { brokerId: 1, minIdle: 'PT15M' })).toMatchObject({
    cluster: { hangingTransactions: { totalCount: 0 } },
  })
  const [found] = hangingTransactions.transactions
  const { producerId, producerEpoch } = found?.producer ?? {}
  const request = { topic, partition: 1, producerId, producerEpoch, coordinatorEpoch: 0 }
  expect(await app.dataOf(ABORT, { ...request, partition: 7 })).toMatchObject({
    abortTransaction: { errors: [{ code: 'UNKNOWN_TOPIC_OR_PARTITION', path: ['partition'] }], topicPartition: null },
  })
  expect(reader.all).toEqual([])
  expect(await app.dataOf(ABORT, request)).toEqual({
    abortTransaction: { errors: [], topicPartition: { partition: { partition: 1 } } },
  })
  expect(valuesOf(await reader.take(1))).toEqual(['behind'])
  expect(await app.dataOf(FIND, { topic })).toMatchObject({ cluster: { hangingTransactions: { totalCount: 0 } } })
  expect(await tool(...args)).toEqual([])
  await transaction.abort()
  await producer.disconnect()
})

test('a search without a bound is refused', async () => {
  expect(await app.ask(FIND, {})).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
})
