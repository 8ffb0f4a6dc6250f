import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { LogFaultError, type LogId } from '../../../../src/kafka/ports/log-source.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import { follower, type OpenSource, openSource } from './open-source.ts'

let open: OpenSource

beforeAll(async () => {
  open = await openSource((await sharedKafka()).bootstrapServers)
})

afterAll(async () => {
  await open[Symbol.asyncDispose]()
})

const write = (log: LogId, values: readonly string[]) => open.write(log, values)

const only = (logs: readonly LogId[]): LogId => {
  const [log] = logs
  if (log === undefined) throw new Error('the topic has no partition')
  return log
}

const valuesOf = (messages: readonly { readonly value: Buffer | null }[]) => messages.map(({ value }) => String(value))

describe('following a log', () => {
  it('delivers existing and new messages, in order, without a gap', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    await write(log, ['a', 'b'])
    const told = follower()
    using _ = open.source.follow(log, 'READ_COMMITTED', toOffset(0), told)
    await eventually(() => expect(valuesOf(told.messages)).toEqual(['a', 'b']))
    await write(log, ['c'])
    await eventually(() => expect(valuesOf(told.messages)).toEqual(['a', 'b', 'c']))
    expect(told.slices.map(({ from, next }) => [from, next])).toEqual([
      [0n, 2n],
      [2n, 3n],
    ])
    expect(told.slices.at(-1)).toMatchObject({ logStartOffset: 0n, endOffset: 3n })
  })

  it('starts in the middle of a batch', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    await write(log, ['a', 'b', 'c'])
    const told = follower()
    using _ = open.source.follow(log, 'READ_COMMITTED', toOffset(2), told)
    await eventually(() => expect(told.messages.map(({ offset }) => offset)).toEqual([2n]))
  })

  it('serves a new follower at once during a long poll', async () => {
    const quiet = only(await open.createLogs(freshTopicName(), 1))
    const busy = only(await open.createLogs(freshTopicName(), 1))
    await write(busy, ['there'])
    using _quiet = open.source.follow(quiet, 'READ_COMMITTED', toOffset(0), follower())
    await eventually(() => expect(open.source.followed).toBe(1))
    const told = follower()
    using _busy = open.source.follow(busy, 'READ_COMMITTED', toOffset(0), told)
    await eventually(() => expect(valuesOf(told.messages)).toEqual(['there']))
    await write(quiet, ['woken'])
    await write(busy, ['both'])
    await eventually(() => expect(valuesOf(told.messages)).toEqual(['there', 'both']))
  })

  it('follows many partitions over at most two connections', async () => {
    const logs = await open.createLogs(freshTopicName(), 20)
    const told = logs.map(() => follower())
    const following = logs.map((log, i) =>
      open.source.follow(log, 'READ_COMMITTED', toOffset(0), told[i] ?? follower()),
    )
    for (const log of logs) await write(log, [`to ${log.partition}`])
    await eventually(() => expect(told.map(({ messages }) => messages.length)).toEqual(logs.map(() => 1)))
    // control, catch-up and the two lanes of following
    expect(open.cluster.links.size).toBeLessThanOrEqual(4)
    for (const one of following) one[Symbol.dispose]()
    expect(open.source.followed).toBe(0)
  })

  it('reports deleted offsets', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    await write(log, ['a', 'b', 'c'])
    await open.admin.fetchTopicMetadata({ topics: [log.topic] })
    await open.admin.deleteTopicRecords({ topic: log.topic, partitions: [{ partition: 0, offset: '2' }] })
    const told = follower()
    using _ = open.source.follow(log, 'READ_COMMITTED', toOffset(0), told)
    await eventually(() => expect(told.faults).toEqual([{ kind: 'below', logStartOffset: 2n, endOffset: 3n }]))
  })

  it('reports a position beyond the end', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    const told = follower()
    using _ = open.source.follow(log, 'READ_COMMITTED', toOffset(7), told)
    await eventually(() => expect(told.faults).toEqual([{ kind: 'beyond', logStartOffset: 0n, endOffset: 0n }]))
  })

  it('reports a deleted topic', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    const told = follower()
    using _ = open.source.follow(log, 'READ_COMMITTED', toOffset(0), told)
    await write(log, ['a'])
    await eventually(() => expect(told.messages).toHaveLength(1))
    await open.admin.deleteTopics({ topics: [log.topic] })
    await eventually(() => expect(told.faults).toEqual([{ kind: 'deleted' }]))
  })

  it('reports a recreated topic and never delivers messages of the new one', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    const told = follower()
    using _ = open.source.follow(log, 'READ_COMMITTED', toOffset(0), told)
    await write(log, ['old'])
    await eventually(() => expect(told.messages).toHaveLength(1))
    await open.admin.deleteTopics({ topics: [log.topic] })
    await eventually(() =>
      open.admin
        .createTopics({ topics: [{ topic: log.topic, numPartitions: 1 }], waitForLeaders: false })
        .then(made => expect(made).toBe(true)),
    )
    const again = only(await eventually(() => open.logsOf(log.topic)))
    await eventually(() => write(again, ['new', 'newer', 'newest']))
    await eventually(() => expect(told.faults).toHaveLength(1))
    expect(['recreated', 'deleted']).toContain(told.faults[0]?.kind)
    expect(valuesOf(told.messages)).toEqual(['old'])
  })

  it('hides aborted messages and skips them', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    const { Kafka, logLevel } = await import('kafkajs')
    const { bootstrapServers } = await sharedKafka()
    const kafka = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING })
    const writer = kafka.producer({ transactionalId: log.topic, idempotent: true, maxInFlightRequests: 1 })
    await writer.connect()
    for (const [value, isKept] of [
      ['kept', true],
      ['aborted', false],
      ['kept too', true],
    ] as const) {
      const transaction = await writer.transaction()
      await transaction.send({ topic: log.topic, messages: [{ value }] })
      await (isKept ? transaction.commit() : transaction.abort())
    }
    await writer.disconnect()
    const committed = follower()
    const uncommitted = follower()
    using _committed = open.source.follow(log, 'READ_COMMITTED', toOffset(0), committed)
    using _uncommitted = open.source.follow(log, 'READ_UNCOMMITTED', toOffset(0), uncommitted)
    await eventually(() => expect(valuesOf(committed.messages)).toEqual(['kept', 'kept too']))
    await eventually(() => expect(valuesOf(uncommitted.messages)).toEqual(['kept', 'aborted', 'kept too']))
    await eventually(() => expect(committed.slices.at(-1)?.next).toBe(6n))
  })
})

describe('reading a log once', () => {
  const read = (log: LogId, offset: number, signal = AbortSignal.timeout(20_000)) =>
    open.source.read(
      { log, isolationLevel: 'READ_COMMITTED', offset: toOffset(offset), maxBytes: 1 << 20, maxWaitMs: 0 },
      signal,
    )

  it('returns stored messages, and an empty slice at the end', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    await write(log, ['a', 'b'])
    expect(valuesOf((await read(log, 0)).messages)).toEqual(['a', 'b'])
    expect(await read(log, 2)).toMatchObject({ from: 2n, next: 2n, messages: [], logStartOffset: 0n, endOffset: 2n })
  })

  it('throws the fault of a position', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    const failure = await read(log, 5).catch(error => error)
    expect(failure).toBeInstanceOf(LogFaultError)
    expect(failure.fault).toEqual({ kind: 'beyond', logStartOffset: 0n, endOffset: 0n })
  })

  it('throws for a deleted topic', async () => {
    const log = only(await open.createLogs(freshTopicName(), 1))
    await open.admin.deleteTopics({ topics: [log.topic] })
    const failure = await read(log, 0).catch(error => error)
    expect(failure.fault).toEqual({ kind: 'deleted' })
  })

  it('ends as soon as its signal aborts', async () => {
    const log = { ...only(await open.createLogs(freshTopicName(), 1)), partition: 99 }
    const reason = new Error('the subscriber left')
    const abort = new AbortController()
    const reading = read(log, 0, abort.signal)
    abort.abort(reason)
    await expect(reading).rejects.toBe(reason)
  })
})
