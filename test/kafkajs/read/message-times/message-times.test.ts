import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import { type Offset, toOffset } from '../../../../src/kafka/offset.ts'
import {
  type LogFault,
  LogFaultError,
  type LogReadRequest,
  type LogSlice,
} from '../../../../src/kafka/ports/log-source.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { createMessageTimes } from '../../../../src/kafkajs/read/message-times/create-message-times.ts'
import { inMemoryKafka } from '../../../fakes/in-memory-kafka.ts'
import { testCall } from '../../../support/call.ts'

const topic = toTopicName('orders')
const limits = { deadlineMs: 5000, concurrency: 3, maxBytes: 1024 }
const at = (offset: number, partition = 0) => ({ topic, partition, offset: toOffset(offset) })

type Read = (request: LogReadRequest, signal: AbortSignal) => Promise<LogSlice>

const slice = (from: Offset, next: number, timestamps: readonly number[]): LogSlice => ({
  partition: 0,
  from,
  next: toOffset(next),
  leaderEpoch: 0,
  messages: timestamps.map(timestamp => ({
    partition: 0,
    offset: from,
    timestamp,
    key: null,
    value: null,
    headers: [],
    serializedSize: 0,
    batch: {
      leaderEpoch: 0,
      timestampType: 'CREATE_TIME',
      compressionType: 'NONE',
      isTransactional: false,
      producerId: -1n,
    },
  })),
  logStartOffset: toOffset(0),
  endOffset: toOffset(100),
  bytes: 0,
})

const failing = (fault: LogFault): Read => {
  return async () => {
    throw new LogFaultError(fault)
  }
}

const timesBy = (read: Read, bounds = limits) =>
  createMessageTimes({ catalog: inMemoryKafka({ topics: { orders: 100 } }), source: { read }, limits: bounds })

describe('the time of the first message', () => {
  it('is found after batches that are empty', async () => {
    const read: Read = async ({ offset }) => slice(offset, Number(offset) + 10, offset < 30n ? [] : [1234])
    expect(await timesBy(read).firstTimestamps(testCall, [at(5)])).toEqual([1234])
  })

  it('is found at the start of the log if the position is below it', async () => {
    const below: LogFault = { kind: 'below', logStartOffset: toOffset(20), endOffset: toOffset(30) }
    const read: Read = (request, signal) =>
      request.offset < 20n ? failing(below)(request, signal) : Promise.resolve(slice(request.offset, 21, [7]))
    expect(await timesBy(read).firstTimestamps(testCall, [at(0)])).toEqual([7])
  })

  it('is unknown for a message without a timestamp, at the end of the log, and in a deleted topic', async () => {
    expect(await timesBy(async ({ offset }) => slice(offset, 1, [-1])).firstTimestamps(testCall, [at(0)])).toEqual([
      null,
    ])
    expect(await timesBy(async ({ offset }) => slice(offset, 100, [])).firstTimestamps(testCall, [at(99)])).toEqual([
      null,
    ])
    expect(await timesBy(failing({ kind: 'deleted' })).firstTimestamps(testCall, [at(0)])).toEqual([null])
    const gone = { ...at(0), topic: toTopicName('gone') }
    expect(await timesBy(failing({ kind: 'deleted' })).firstTimestamps(testCall, [gone])).toEqual([null])
  })

  it('fails only for an unreadable batch; the others succeed', async () => {
    const error = new KafkaError('CORRUPT_MESSAGE')
    const broken = failing({ kind: 'undecodable', next: toOffset(9), error })
    const read: Read = (request, signal) =>
      request.log.partition === 1 ? broken(request, signal) : Promise.resolve(slice(request.offset, 1, [3]))
    expect(await timesBy(read).firstTimestamps(testCall, [at(0), at(0, 1), at(0, 2)])).toEqual([3, error, 3])
  })

  it('stops at the deadline, with bounded concurrent reads', async () => {
    let reading = 0
    let most = 0
    const read: Read = (_, signal) => {
      reading += 1
      most = Math.max(most, reading)
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    }
    const positions = Array.from({ length: 20 }, (_, partition) => at(0, partition))
    const outcomes = await timesBy(read, { ...limits, deadlineMs: 50 }).firstTimestamps(testCall, positions)
    expect(outcomes.map(outcome => outcome instanceof KafkaError && outcome.code)).toEqual(
      Array(20).fill('REQUEST_TIMED_OUT'),
    )
    expect(most).toBe(3)
    expect(reading).toBe(3)
  })

  it('stops at once if the caller aborts', async () => {
    const read: Read = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    const giveUp = new AbortController()
    const asking = timesBy(read).firstTimestamps({ ...testCall, signal: giveUp.signal }, [at(0)])
    giveUp.abort(new Error('gone'))
    await expect(asking).rejects.toThrow('gone')
  })
})
