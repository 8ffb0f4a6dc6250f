import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isFailure } from '../../../../src/kafka/errors/kafka-error.ts'
import type { TransactionFilter } from '../../../../src/kafka/ports/transaction-admin.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../../../src/kafkajs/create-kafka.ts'
import { testCall } from '../../../support/call.ts'
import { oldestKafka } from '../../../support/kafka.ts'
import { newPassword } from '../../../support/secured-kafka.ts'
import { openKafka } from '../../open-kafka.ts'

let kafka: KafkaAdapter

beforeAll(async () => {
  kafka = openKafka((await oldestKafka()).bootstrapServers)
}, 180_000)
afterAll(() => kafka?.[Symbol.asyncDispose]())

const all: TransactionFilter = { states: [], producerIds: [], minDurationMs: null, transactionalIdPattern: null }

it('the oldest Kafka lists transactions, and reports which filter it does not support', async () => {
  expect((await kafka.transactions.listTransactions(testCall, all)).failures).toEqual([])
  await expect(
    kafka.transactions.listTransactions(testCall, { ...all, transactionalIdPattern: 'a.*' }),
  ).rejects.toMatchObject({
    code: 'UNSUPPORTED_VERSION',
  })
  const [unknown] = await kafka.transactions.describeTransactions(testCall, [`nobody-${randomUUID()}`])
  expect(unknown).toMatchObject({ code: 'TRANSACTIONAL_ID_NOT_FOUND' })
})

it('the oldest Kafka describes producers, and aborts nothing in a missing partition', async () => {
  const absent = { topic: toTopicName(`absent-${randomUUID()}`), partition: 0 }
  const missing = { code: 'UNKNOWN_TOPIC_OR_PARTITION' }
  expect(await kafka.transactions.describeProducers(testCall, [absent])).toMatchObject([missing])
  const abort = { ...absent, producerId: 1n, producerEpoch: 0, coordinatorEpoch: 0 }
  expect(await kafka.transactions.abortTransaction(testCall, abort)).toMatchObject(missing)
})

it('the oldest Kafka keeps SCRAM users and client quotas', async () => {
  const user = `old-${randomUUID().slice(0, 8)}`
  const { security } = kafka
  const credential = { user, mechanism: 'SCRAM_SHA_256' } as const
  const upsert = { ...credential, iterations: 4096, password: newPassword() }
  expect((await security.alterScramCredentials(testCall, [upsert], [])).upserts).toEqual([user])
  expect(await security.describeScramUsers(testCall, [user])).toHaveLength(1)
  expect((await security.alterScramCredentials(testCall, [], [credential])).deletions).toEqual([user])
  const entity = [{ type: 'user', name: user }] as const
  const set = [{ key: 'producer_byte_rate', value: 4096 }]
  const outcomes = await security.alterClientQuotas(testCall, [{ entity, set, remove: [] }])
  expect(outcomes.some(isFailure)).toBe(false)
  const filter = { components: entity, isStrict: true }
  expect(await security.describeClientQuotas(testCall, filter)).toEqual([{ entity, values: set }])
  await security.alterClientQuotas(testCall, [{ entity, set: [], remove: ['producer_byte_rate'] }])
  expect(await security.describeClientQuotas(testCall, filter)).toEqual([])
})
