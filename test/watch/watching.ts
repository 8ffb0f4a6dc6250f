import { afterEach, beforeEach, vi } from 'vitest'
import type { Watch } from '../../src/kafka/ports/watches.ts'
import { type ClusterWatches, createWatches, type WatchesOptions } from '../../src/watch/create-watches.ts'
import type { WatchLimits } from '../../src/watch/poll/watch-limits.ts'
import { type InMemoryKafkaOptions, inMemoryKafka } from '../fakes/in-memory-kafka.ts'
import { unfaked } from '../fakes/unfaked.ts'

/** The product's limits, except that few topics' configs are polled at once. */
export const watchLimits: WatchLimits = {
  freshMs: 100,
  retryMs: 5000,
  clusterMs: 1000,
  configsMs: 5000,
  configTopics: 3,
  polls: 10,
  groups: 5,
}

/** Watches over an in-memory Kafka, on a clock that the test moves. */
export const watching = (
  kafkaOptions: InMemoryKafkaOptions = {},
  options: Partial<WatchesOptions> = {},
): { readonly kafka: ReturnType<typeof inMemoryKafka>; readonly watches: ClusterWatches } => {
  const kafka = inMemoryKafka(kafkaOptions)
  return {
    kafka,
    watches: createWatches({
      catalog: kafka,
      groups: unfaked('groups'),
      replicas: unfaked('replicas'),
      limits: watchLimits,
      ...options,
    }),
  }
}

/**
 * Each test begins at the same moment: polls run at whole multiples of their interval, so the start time would matter.
 * This one, ms by performance.now(), is far from all of them.
 */
const CLOCK_START = 300

/** The tests of a file run on a clock that they move. */
export const useTestClock = (): void => {
  const toFake = ['setTimeout', 'clearTimeout', 'Date', 'performance'] as const
  beforeEach(() => void vi.useFakeTimers({ toFake: [...toFake] }).advanceTimersByTime(CLOCK_START))
  afterEach(() => void vi.useRealTimers())
}

/** Advances the clock and runs everything that is due. */
export const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

/** The result of `work`; time passes until then. */
export const settled = async <T>(work: Promise<T>): Promise<T> => {
  let isThere = false
  const done = () => {
    isThere = true
  }
  work.then(done, done)
  for (let passed = 0; !isThere && passed < 60_000; passed += 10) await pass(10)
  return work
}

/** A watch whose events are collected as they arrive. */
export const collected = <E extends object>(watch: Watch<E>) => {
  const events: E[] = []
  const end = { error: null as unknown, isOver: false }
  const read = async () => {
    try {
      for await (const event of watch) events.push(event)
    } catch (thrown) {
      end.error = thrown
    }
    end.isOver = true
  }
  void read()
  return { events, end }
}
