import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { Catalog } from '../../../src/kafka/ports/catalog.ts'
import { TopicWatch } from '../../../src/streams/feed/topic-watch.ts'
import { createMessageStreams } from '../../../src/streams/stream-engine.ts'
import { inMemoryKafka } from '../../fakes/in-memory-kafka.ts'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import { nextEvent, ORDERS, REQUEST, TEST_LIMITS } from '../stream-fixture.ts'

/** A watch of `orders` that gets these topic ids, one for each check; the last one repeats. */
const watchOf = async (ids: readonly ('same' | 'other')[]) => {
  const kafka = inMemoryKafka({ topics: { orders: 1 } })
  const [orders] = await kafka.describeTopics(testCall, [ORDERS])
  if (orders === undefined || orders instanceof Error) throw orders
  let looks = 0
  const catalog: Catalog = {
    ...kafka,
    describeTopics: async () => {
      const id = ids[Math.min(looks++, ids.length - 1)]
      return [id === 'same' ? orders : { ...orders, topicId: 'another' }]
    },
  }
  const { topicId } = orders
  const options = {
    call: testCall,
    catalog,
    topic: ORDERS,
    topicId,
    partitionCount: 1,
    describeMs: 5,
    onIdle: () => {},
  }
  return { watch: new TopicWatch(options), looks: () => looks }
}

describe('a topic that a check finds replaced', () => {
  it('counts as replaced when the next check agrees', async () => {
    const { watch } = await watchOf(['other'])
    using _ = watch
    await eventually(() => expect(watch.fault).toEqual({ kind: 'recreated', topicId: 'another' }), { every: 1 })
  })

  it('does not when only a lagging broker reported it', async () => {
    const { watch, looks } = await watchOf(['other', 'same', 'other', 'same'])
    using _ = watch
    await eventually(() => expect(looks()).toBeGreaterThan(6), { every: 1 })
    expect(watch.fault).toBeNull()
  })
})

it('a stream opened after lagging brokers reported an end does not get that end', async () => {
  const kafka = inMemoryKafka({ topics: { orders: 1 } })
  let isLost = false
  let looks = 0
  const catalog: Catalog = {
    ...kafka,
    describeTopics: (call, names) => {
      looks += 1
      const lost = [new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')]
      return isLost ? Promise.resolve(lost) : kafka.describeTopics(call, names)
    },
  }
  const limits = { ...TEST_LIMITS, describeMs: 5 }
  await using engine = createMessageStreams({ catalog, source: kafka, limits, cursorSecret: null })
  // Its client is paused: it gets no event, and keeps holding the shared state of the topic's feeds.
  const paused = await engine.open(testCall, REQUEST)
  isLost = true
  await eventually(() => expect(looks).toBeGreaterThanOrEqual(3), { every: 1 })
  isLost = false
  const later = await engine.open(testCall, { ...REQUEST, from: { kind: 'latest' } })
  expect(await nextEvent(later)).toMatchObject({ kind: 'caughtUp' })
  const live = nextEvent(later)
  kafka.append(ORDERS, 0, ['tea'])
  expect(await live).toMatchObject({ kind: 'batch' })
  await paused.return()
  await later.return()
})
