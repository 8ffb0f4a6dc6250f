import { describe, expect, it } from 'vitest'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import { ProduceDocument, type ProduceMutationVariables } from '../../generated/operations.ts'
import { testCall } from '../../support/call.ts'
import { codes, harness } from '../harness.ts'

type Input = ProduceMutationVariables['input']

/** A harness that produces in transactions, and tells how many messages a topic holds. */
const transactional = () => {
  const { kafka, run } = harness({ topics: { orders: 2, payments: 1 } })
  const send = (messages: Input['messages'], more: Partial<Input> = {}) =>
    run(ProduceDocument, { input: { topic: 'orders', messages, transactional: true, ...more } })
  const endOf = async (name: string, partition: number) => {
    const topic = toTopicName(name)
    const [found] = await kafka.listOffsets(testCall, [
      { topic, partition, at: 'latest', isolationLevel: 'READ_UNCOMMITTED' },
    ])
    return found
  }
  return { kafka, run, send, endOf }
}

const text = (string: string) => ({ value: { string } })

describe('produce with transactional: true', () => {
  it('writes the messages of several topics and partitions, each with its offset', async () => {
    const { send } = transactional()
    const { data, errors } = await send([
      { ...text('a'), partition: 0 },
      { ...text('b'), partition: 1 },
      { ...text('c'), topic: 'payments' },
      { ...text('d'), partition: 0 },
    ])
    expect([errors, data.produce.errors]).toEqual([[], []])
    expect(data.produce.results.map(one => [one?.topic.name, one?.partition, one?.offset])).toEqual([
      ['orders', 0, '0'],
      ['orders', 1, '0'],
      ['payments', 0, '0'],
      ['orders', 0, '1'],
    ])
  })

  it.each<[string, Input['messages'][number], string]>([
    ['Kafka', { ...text('no such partition'), partition: 9 }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['Kafka, by its topic', { ...text('no such topic'), topic: 'nothing' }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['this server', { ...text('a negative partition'), partition: -1 }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['its own form', { value: { json: { id: 2 ** 53 } } }, 'INVALID_RECORD'],
  ])('writes nothing when one message is refused by %s, and says which', async (_, bad, code) => {
    const { send, endOf } = transactional()
    const { data, errors } = await send([{ ...text('a'), partition: 0 }, bad, { ...text('c'), partition: 1 }])
    expect(errors).toEqual([])
    expect(data.produce.results).toEqual([null, null, null])
    expect(data.produce.errors.map(one => [one.code, one.path?.at(-1)])).toEqual([
      ['TRANSACTION_ABORTED', '0'],
      [code, '1'],
      ['TRANSACTION_ABORTED', '2'],
    ])
    expect(data.produce.errors[2]?.message).toContain(`message 1 of the transaction was refused (${code})`)
    expect(await endOf('orders', 0)).toMatchObject({ offset: 0n })
    expect(await endOf('orders', 1)).toMatchObject({ offset: 0n })
  })

  it.each(['NONE', 'LEADER'] as const)(
    'refuses acks %s: what is not on all replicas cannot be all or nothing',
    async acks => {
      const { send, kafka } = transactional()
      const answer = await send([text('a')], { acks })
      expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
      expect(answer.errors[0]?.message).toContain('input.acks')
      expect(kafka.counts.produce).toBe(0)
    },
  )

  it('has nothing to write for no messages', async () => {
    const { data } = await transactional().send([])
    expect(data.produce).toMatchObject({ results: [], errors: [] })
  })
})
