import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { TopicDescription } from '../../src/kafka/cluster.ts'
import type { PartitionChange, TopicChange, Watch } from '../../src/kafka/ports/watches.ts'
import type { InMemoryKafka } from '../fakes/in-memory-kafka.ts'
import { testCall } from '../support/call.ts'
import { pass, settled, useTestClock, watching } from './watching.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const RUNS = { seed: SEED, numRuns: 150 }

useTestClock()

const NAMES = ['a', 'b', 'c'] as const

type Step = (kafka: InMemoryKafka) => void

const name = fc.constantFrom(...NAMES)
const leader = fc.constantFrom(1, 2, 3, null)
const isr = fc.uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1 })

/** Events of a cluster; a topic that does not exist is not affected. */
const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(name, leader).map(
    ([topic, to]): Step =>
      kafka =>
        kafka.setLeader(topic, 0, to),
  ),
  fc.tuple(name, isr).map(
    ([topic, to]): Step =>
      kafka =>
        kafka.setIsr(topic, 0, to),
  ),
  name.map(
    (topic): Step =>
      kafka =>
        kafka.recreateTopic(topic, 1),
  ),
  name.map(
    (topic): Step =>
      kafka =>
        kafka.removeTopic(topic),
  ),
  fc.tuple(name, fc.integer({ min: 2, max: 5 })).map(
    ([topic, to]): Step =>
      kafka =>
        kafka.addPartitions(topic, to),
  ),
)

/** A sequence of changes; in between the watcher sometimes reads. */
const arbitraryLife = fc.array(fc.record({ step: arbitraryStep, passMs: fc.constantFrom(0, 0, 500, 1000, 2500) }), {
  maxLength: 25,
})

/** Offset of the sequence on the clock grid of the polls. */
const arbitraryPhaseMs = fc.integer({ min: 0, max: 4999 })

const happen = async (kafka: InMemoryKafka, step: Step): Promise<void> => {
  try {
    step(kafka)
  } catch {
    // The topic does not exist.
  }
}

/** Reads everything the watch has to report now. */
const drained = async <E extends object>(watch: Watch<E>, take: (event: E) => void): Promise<void> => {
  let isReading = true
  const read = async () => {
    for (;;) {
      const { done, value } = await watch.next()
      if (done) return
      take(value)
      if (!isReading) return
    }
  }
  const reading = read()
  await pass(5000)
  isReading = false
  await watch.return()
  await reading
}

const standing = (topics: readonly TopicDescription[]) =>
  new Map(
    topics.map(topic => [
      topic.name,
      {
        topicId: topic.topicId,
        partitions: topic.partitions.map(one => ({ leader: one.leader, isr: [...one.isr].sort() })),
      },
    ]),
  )

describe('the first snapshot plus all later events give the last snapshot', () => {
  it(`for topics, however rarely the watcher reads (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryLife, arbitraryPhaseMs, fc.boolean(), async (life, phaseMs, isPrompt) => {
        await pass(phaseMs)
        const { kafka, watches } = watching({ brokers: 3, topics: { a: 1, b: 2 } })
        const state = new Map(
          (await kafka.listTopics(testCall)).map(topic => [topic.name, [topic.topicId, topic.partitions.length]]),
        )
        const apply = (event: TopicChange): void => {
          const { topic } = event
          if (event.kind === 'topicDeleted') {
            expect(state.get(topic.name)?.[0]).toBe(topic.topicId)
            state.delete(topic.name)
          } else if (event.kind === 'topicCreated') {
            expect(state.has(topic.name)).toBe(false)
            state.set(topic.name, [topic.topicId, topic.partitions.length])
          } else if (event.kind === 'partitionsAdded') {
            expect(state.get(topic.name)).toEqual([topic.topicId, event.from])
            state.set(topic.name, [topic.topicId, event.to])
          }
        }
        const watch = await settled(watches.topicChanges(testCall, { matches: () => true, key: '' }))
        const prompt = isPrompt ? watch.next() : null
        for (const { step, passMs } of life) {
          await happen(kafka, step)
          await pass(passMs)
        }
        // The first event was requested early, the others late.
        if (prompt !== null) void prompt.then(({ value }) => value && apply(value))
        await drained(watch, apply)
        const last = (await kafka.listTopics(testCall)).map(
          topic => [topic.name, [topic.topicId, topic.partitions.length]] as const,
        )
        expect(state).toEqual(new Map(last))
        // A poll that was running when the watch ended gathers for another 5 ms.
        await pass(10)
        expect(vi.getTimerCount()).toBe(0)
      }),
      RUNS,
    )
  })

  it(`for leaders and in-sync replicas of existing partitions (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryLife, arbitraryPhaseMs, async (life, phaseMs) => {
        await pass(phaseMs)
        const { kafka, watches } = watching({ brokers: 3, topics: { a: 1, b: 2 } })
        const state = standing(await kafka.listTopics(testCall))
        const apply = (event: PartitionChange): void => {
          const known = state.get(event.topic.name)?.partitions[event.partition.partition]
          if (known === undefined || state.get(event.topic.name)?.topicId !== event.topic.topicId) return
          if (event.kind === 'leaderChanged') {
            expect(known.leader).toBe(event.from)
            known.leader = event.to
          } else if (event.kind === 'partitionWentOffline') known.leader = null
          else {
            const kept = known.isr.filter(node => !event.removed.includes(node))
            known.isr = [...kept, ...event.added].sort()
            expect(known.isr).toEqual([...event.partition.isr].sort())
          }
        }
        const watch = await settled(watches.partitionChanges(testCall, { topics: null, intervalMs: 1000 }))
        for (const { step, passMs } of life) {
          await happen(kafka, step)
          await pass(passMs)
        }
        await drained(watch, apply)
        for (const [topic, last] of standing(await kafka.listTopics(testCall))) {
          const known = state.get(topic)
          if (known?.topicId === last.topicId)
            expect(known.partitions).toEqual(last.partitions.slice(0, known.partitions.length))
        }
      }),
      RUNS,
    )
  })
})
