import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TransactionFilter } from '../../src/kafka/ports/transaction-admin.ts'
import type { TopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { createTopic, fresh } from './create-topic.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const all: TransactionFilter = { states: [], producerIds: [], minDurationMs: null, transactionalIdPattern: null }
const inTransaction = { acks: 'ALL', compressionType: 'NONE', transactional: true, timeoutMs: 20_000 } as const

describe.each(implementations)('transaction admin of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const produceTo = async (topic: TopicName) => {
    const message = { topic, partition: 0, key: null, value: Buffer.from('a'), headers: [], timestamp: null }
    return valueIn((await ports.sink.produce(testCall, [message], inTransaction))[0])
  }

  /** The producers of a partition after a transaction: Kafka answers its end a moment before the partition has the marker. */
  const producersOf = async (topic: TopicName) => {
    await produceTo(topic)
    return eventually(async () => {
      const [outcome] = await ports.transactions.describeProducers(testCall, [{ topic, partition: 0 }])
      const producers = valueIn(outcome)
      expect(producers).toMatchObject([{ currentTransactionStartOffset: null }])
      return producers
    })
  }

  it('tells the producers of a partition: none before a first message, none with an open transaction behind one', async () => {
    const topic = await createTopic(ports)
    const at = { topic, partition: 0 }
    expect(await ports.transactions.describeProducers(testCall, [at])).toEqual([[]])
    expect(await producersOf(topic)).toHaveLength(1)
  })

  it('lists a transaction by its producer, and describes it by its id', async () => {
    const [producer] = await producersOf(await createTopic(ports))
    if (producer === undefined) throw new Error('no producer')
    const filter = { ...all, producerIds: [producer.producerId] }
    const { transactions, failures } = await ports.transactions.listTransactions(testCall, filter)
    expect(failures).toEqual([])
    expect(transactions).toMatchObject([{ producerId: producer.producerId, coordinator: 1 }])
    const ids = [`nobody-${randomUUID()}`, transactions[0]?.transactionalId ?? '']
    const described = await ports.transactions.describeTransactions(testCall, ids)
    expect(codesOf(described)).toEqual(['TRANSACTIONAL_ID_NOT_FOUND', null])
    expect(valueIn(described[1])).toMatchObject({ transactionalId: ids[1], producerId: producer.producerId })
  })

  it('lists nothing of a producer that does not exist', async () => {
    const nobodys = { ...all, producerIds: [987_654_321n] }
    expect(await ports.transactions.listTransactions(testCall, nobodys)).toEqual({ transactions: [], failures: [] })
  })

  it('answers for each partition in order: one that is not there fails alone', async () => {
    const topic = await createTopic(ports)
    const partitions = [
      { topic: fresh(), partition: 0 },
      { topic, partition: 0 },
    ]
    const producers = await ports.transactions.describeProducers(testCall, partitions)
    expect(codesOf(producers)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', null])
  })

  it('finds no transaction that hangs where all have ended, and names the partitions that it cannot search', async () => {
    const topic = await createTopic(ports)
    await producersOf(topic)
    const absent = { topic: fresh(), partition: 0 }
    const search = await ports.transactions.findHanging(testCall, [{ topic, partition: 0 }, absent], 0)
    expect(search.hanging).toEqual([])
    expect(search.failures).toMatchObject([{ ...absent, error: { code: 'UNKNOWN_TOPIC_OR_PARTITION' } }])
  })

  it('aborts nothing in a partition that is not there', async () => {
    const request = { topic: fresh(), partition: 0, producerId: 1n, producerEpoch: 0, coordinatorEpoch: 0 }
    const outcome = await ports.transactions.abortTransaction(testCall, request)
    expect(codesOf([outcome])).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
  })

  it('asks nothing for nothing', async () => {
    expect(await ports.transactions.describeTransactions(testCall, [])).toEqual([])
    expect(await ports.transactions.describeProducers(testCall, [])).toEqual([])
    expect(await ports.transactions.findHanging(testCall, [], 0)).toEqual({ hanging: [], failures: [] })
  })
})
