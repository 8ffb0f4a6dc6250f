import { describe, expect, it, vi } from 'vitest'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { collected, pass, settled, useTestClock, watching } from './watching.ts'

const orders = toTopicName('orders')
const everySecond = { topics: [orders], intervalMs: 1000 }

useTestClock()

describe('one poll', () => {
  it('serves a hundred watchers of the same topics, and ends when the last one has left', async () => {
    const { kafka, watches } = watching({ topics: { orders: 3 } })
    const opening = Promise.all(Array.from({ length: 100 }, () => watches.partitionChanges(testCall, everySecond)))
    const open = await settled(opening)
    expect(kafka.counts.describeTopics).toBe(1)
    for (const watch of open) collected(watch)
    await pass(10_000)
    expect(kafka.counts.describeTopics).toBe(11)
    expect(watches.stats()).toEqual({ watches: 100, polls: 1 })
    for (const watch of open) await watch.return()
    await pass(60_000)
    expect(kafka.counts.describeTopics).toBe(11)
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is refused with BUSY above the limit, and starts again once another one has ended', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `topic-${index}`)
    const { watches } = watching({ topics: Object.fromEntries(names.map(name => [name, 1])) })
    const watch = (name: string) =>
      watches.partitionChanges(testCall, { topics: [toTopicName(name)], intervalMs: 1000 })
    const open = await settled(Promise.all(names.slice(0, 10).map(watch)))
    await expect(settled(watch('topic-10'))).rejects.toMatchObject({ code: 'BUSY', retriable: true })
    const same = await settled(watch('topic-0'))
    expect(watches.stats()).toEqual({ watches: 11, polls: 10 })
    await open[1]?.return()
    const another = await settled(watch('topic-10'))
    for (const one of [...open, same, another]) await one.return()
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('sends the same event objects to all', async () => {
    const { kafka, watches } = watching({ brokers: 3, topics: { orders: 3 } })
    const open = await settled(Promise.all([1, 2, 3].map(() => watches.partitionChanges(testCall, everySecond))))
    const [one, two, three] = open.map(collected)
    kafka.setLeader('orders', 0, 2)
    kafka.setIsr('orders', 1, [2])
    await pass(1000)
    expect(one?.events).toHaveLength(2)
    for (const [index, event] of (one?.events ?? []).entries()) {
      expect(two?.events[index]).toBe(event)
      expect(three?.events[index]).toBe(event)
    }
    await watches[Symbol.asyncDispose]()
  })

  it('keeps its interval when the wall clock is set back', async () => {
    const { kafka, watches } = watching({ brokers: 3, topics: { orders: 1 } })
    const watched = collected(await settled(watches.partitionChanges(testCall, everySecond)))
    kafka.setLeader('orders', 0, 2)
    await pass(1000)
    vi.setSystemTime(Date.now() - 3_600_000)
    kafka.setLeader('orders', 0, 3)
    await pass(2000)
    expect(watched.events).toHaveLength(2)
    await watches[Symbol.asyncDispose]()
  })

  it('runs at the shortest interval, and each watcher gets at most one event at its own interval', async () => {
    const { kafka, watches } = watching({ brokers: 3, topics: { orders: 1 } })
    const slow = await settled(watches.partitionChanges(testCall, { topics: [orders], intervalMs: 5000 }))
    const quick = await settled(watches.partitionChanges(testCall, { topics: [orders], intervalMs: 500 }))
    const [slowly, quickly] = [collected(slow), collected(quick)]
    for (let change = 0; change < 20; change++) {
      kafka.setLeader('orders', 0, (change % 3) + 1)
      await pass(500)
    }
    expect(quickly.events.length).toBeGreaterThanOrEqual(18)
    expect(slowly.events.length).toBeLessThanOrEqual(3)
    await quick.return()
    const before = kafka.counts.describeTopics
    await pass(10_000)
    expect(kafka.counts.describeTopics - before).toBe(2)
    await slow.return()
  })

  it('asks for all topics once, for any watches of them', async () => {
    const { kafka, watches } = watching({ topics: { orders: 1 } })
    const matches = () => true
    await settled(watches.partitionChanges(testCall, { topics: null, intervalMs: 1000 }))
    await settled(watches.topicChanges(testCall, { matches, key: 'all' }))
    await settled(watches.topicChanges(testCall, { matches, key: 'all' }))
    const before = kafka.counts.listTopics
    await pass(10_000)
    expect(kafka.counts.listTopics - before).toBe(10)
    expect(kafka.counts.describeConfigs).toBeLessThanOrEqual(3)
    await watches[Symbol.asyncDispose]()
  })

  it('of different topics goes to Kafka as one request when both are due', async () => {
    const { kafka, watches } = watching({ topics: { orders: 1, clicks: 1 } })
    await settled(watches.partitionChanges(testCall, everySecond))
    await settled(watches.partitionChanges(testCall, { topics: [toTopicName('clicks')], intervalMs: 500 }))
    expect(watches.stats().polls).toBe(2)
    await pass(1000 - (Date.now() % 1000) + 50)
    const before = kafka.counts.describeTopics
    await pass(10_000)
    expect(kafka.counts.describeTopics - before).toBe(20)
    await watches[Symbol.asyncDispose]()
  })
})

describe('a watcher', () => {
  it('that does not read costs nothing, and gets the missed changes as one', async () => {
    const { kafka, watches } = watching({ brokers: 3, topics: { orders: 1 } })
    const watch = await settled(watches.partitionChanges(testCall, everySecond))
    for (const leader of [2, 3, 1, 3]) {
      kafka.setLeader('orders', 0, leader)
      await pass(1000)
    }
    const { events } = collected(watch)
    await pass(5000)
    expect(events).toMatchObject([{ kind: 'leaderChanged', from: 1, to: 3, partition: { leaderEpoch: 4 } }])
    await watch.return()
  })

  it('that leaves while it waits is released at once, without leftovers', async () => {
    const { watches } = watching({ topics: { orders: 1 } })
    const watch = await settled(watches.partitionChanges(testCall, everySecond))
    const waiting = watch.next()
    await pass(3000)
    expect(await watch.return()).toEqual({ done: true, value: undefined })
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(await watch.next()).toEqual({ done: true, value: undefined })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('whose topic does not exist is refused, and leaves no poll behind', async () => {
    const { watches } = watching({ topics: { orders: 1 } })
    const opening = watches.partitionChanges(testCall, { topics: [orders, toTopicName('nowhere')], intervalMs: 1000 })
    await expect(settled(opening)).rejects.toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
      details: { topic: 'nowhere' },
    })
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that gave up while it was opening leaves no poll behind', async () => {
    const { watches } = watching({ topics: { orders: 1 } })
    const abort = new AbortController()
    const opening = watches.partitionChanges({ ...testCall, signal: abort.signal }, everySecond)
    abort.abort(new Error('gone'))
    await expect(settled(opening)).rejects.toThrow('gone')
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
  })

  it('begins at the state at its opening, however long others have watched', async () => {
    const { kafka, watches } = watching({ brokers: 3, topics: { orders: 1 } })
    await settled(watches.partitionChanges(testCall, { topics: [orders], intervalMs: 3_600_000 }))
    await pass(60_000)
    kafka.setLeader('orders', 0, 2)
    const late = collected(await settled(watches.partitionChanges(testCall, everySecond)))
    await pass(5000)
    expect(late.events).toEqual([])
    kafka.setLeader('orders', 0, 3)
    await pass(1000)
    expect(late.events).toMatchObject([{ from: 2, to: 3 }])
    await watches[Symbol.asyncDispose]()
  })
})

describe('a Kafka that does not answer', () => {
  it('refuses new watchers, keeps existing ones, is polled less often, and changes of that time are reported', async () => {
    const { kafka, watches } = watching({ brokers: 3, topics: { orders: 1 } })
    const open = await settled(watches.partitionChanges(testCall, { topics: [orders], intervalMs: 100 }))
    const { events, end } = collected(open)
    kafka.goDown()
    const before = kafka.counts.describeTopics
    await pass(60_000)
    expect(kafka.counts.describeTopics - before).toBeLessThan(25)
    await expect(settled(watches.partitionChanges(testCall, everySecond))).rejects.toMatchObject({
      code: 'KAFKA_UNAVAILABLE',
    })
    kafka.setLeader('orders', 0, 3)
    kafka.comeUp()
    await pass(5100)
    expect(events).toMatchObject([{ kind: 'leaderChanged', from: 1, to: 3 }])
    expect(end.isOver).toBe(false)
    await open.return()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that refuses for good ends the watch with its error', async () => {
    const { kafka, watches } = watching({ topics: { orders: 1 } })
    const { end } = collected(await settled(watches.brokerChanges(testCall)))
    const refusal = new KafkaError('CLUSTER_AUTHORIZATION_FAILED')
    kafka.describeCluster = () => Promise.reject(refusal)
    await pass(2000)
    expect(end).toEqual({ isOver: true, error: refusal })
    expect(watches.stats()).toEqual({ watches: 0, polls: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the end of all watches', () => {
  it('is reported to each, and no new watch can open afterwards', async () => {
    const { watches } = watching({ topics: { orders: 1 } })
    const { end } = collected(await settled(watches.partitionChanges(testCall, everySecond)))
    await watches[Symbol.asyncDispose]()
    await pass(1)
    expect(end).toMatchObject({ isOver: true, error: { code: 'CLOSED' } })
    await expect(watches.partitionChanges(testCall, everySecond)).rejects.toMatchObject({ code: 'CLOSED' })
    expect(vi.getTimerCount()).toBe(0)
  })
})
