import { describe, expect, it } from 'vitest'
import { isFailure } from '../../src/kafka/errors/kafka-error.ts'
import { toOffset } from '../../src/kafka/offset.ts'
import { LogFaultError, type LogSlice } from '../../src/kafka/ports/log-source.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { inMemoryKafka } from './in-memory-kafka.ts'

const topic = toTopicName('orders')
const describeOrders = async (kafka: ReturnType<typeof inMemoryKafka>) => {
  const [found] = await kafka.describeTopics(testCall, [topic])
  if (found === undefined || isFailure(found)) throw new Error('no topic')
  return found
}
const never = new AbortController().signal

describe('the in-memory Kafka', () => {
  it('reads appended messages, for READ_COMMITTED without control and aborted ones', async () => {
    const kafka = inMemoryKafka({ topics: { orders: 1 } })
    const { topicId } = await describeOrders(kafka)
    kafka.append('orders', 0, ['a'])
    kafka.append('orders', 0, ['b'], 'aborts')
    kafka.append('orders', 0, ['c'])
    const log = { topic, topicId, partition: 0 }
    const request = { log, offset: toOffset(0), maxBytes: 1_000_000, maxWaitMs: 0 } as const
    const open = await kafka.read({ ...request, isolationLevel: 'READ_COMMITTED' }, never)
    expect([open.next, open.endOffset]).toEqual([1n, 1n])
    kafka.endTransaction('aborts', 'aborted')
    const ended = await kafka.read({ ...request, isolationLevel: 'READ_COMMITTED' }, never)
    expect(ended.messages.map(({ value }) => value?.toString())).toEqual(['a', 'c'])
    expect([ended.next, ended.endOffset]).toEqual([4n, 4n])
    const all = await kafka.read({ ...request, isolationLevel: 'READ_UNCOMMITTED' }, never)
    expect(all.messages.map(({ offset }) => offset)).toEqual([0n, 1n, 2n])
  })

  it('throws the fault of a position below the log start or beyond the end', async () => {
    const kafka = inMemoryKafka({ topics: { orders: 1 } })
    const { topicId } = await describeOrders(kafka)
    kafka.append('orders', 0, ['a', 'b', 'c'])
    kafka.expire('orders', 0, 2)
    const read = (offset: number) =>
      kafka.read(
        {
          log: { topic, topicId, partition: 0 },
          offset: toOffset(offset),
          maxBytes: 1,
          maxWaitMs: 0,
          isolationLevel: 'READ_UNCOMMITTED',
        },
        never,
      )
    await expect(read(1)).rejects.toThrow(LogFaultError)
    await expect(read(4)).rejects.toMatchObject({ fault: { kind: 'beyond' } })
    expect((await read(3)).next).toBe(3n)
  })

  it('follows a log in order and counts open followers', async () => {
    const kafka = inMemoryKafka({ topics: { orders: 1 }, maxSliceBytes: 100 })
    const { topicId } = await describeOrders(kafka)
    kafka.append('orders', 0, ['a', 'b', 'c'])
    const slices: LogSlice[] = []
    const fault = new Promise(resolve => {
      kafka.follow({ topic, topicId, partition: 0 }, 'READ_UNCOMMITTED', toOffset(0), {
        onSlice: slice => {
          slices.push(slice)
          if (slice.next === 4n) kafka.recreateTopic('orders')
        },
        onFault: resolve,
      })
    })
    expect(kafka.counts.followsOpen).toBe(1)
    kafka.append('orders', 0, ['d'])
    expect(await fault).toMatchObject({ kind: 'recreated' })
    expect(slices.flatMap(({ messages }) => messages.map(({ offset }) => offset))).toEqual([0n, 1n, 2n, 3n])
    expect(kafka.counts.followsOpen).toBe(0)
  })
})
