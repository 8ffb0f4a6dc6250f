import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startRole } from '../harness/child.ts'
import { type Audience, gather } from '../harness/live.ts'
import type { Stage } from '../harness/stage.ts'
import type { producerCalls } from '../load/producer.ts'
import type { Subscription } from '../load/subscriber.ts'
import type { ValueKind } from '../load/values.ts'
import type { FeedName } from '../peers/stock-feeds.ts'
import type { stockYogaCalls } from '../peers/stock-yoga.ts'

/** The stock peer with its subscribers. */
export interface Stock extends AsyncDisposable {
  readonly audience: Audience
  /** Gives it more at once than a queue of 1,024 holds, and tells in words what became of it. */
  overflow(load: { readonly kind: ValueKind; readonly bytes: number }): Promise<string>
}

const OVERFLOW = 3000
const DRAIN_LIMIT_MS = 100_000

/** Starts the stock peer on a topic of its own and subscribes to it. */
export const openStock = async (
  stage: Stage,
  producer: Child<typeof producerCalls>,
  subscriptions: (topic: string) => readonly Subscription[],
  feed: FeedName = 'kafkajs-group',
): Promise<Stock> => {
  const topic = await stage.createTopic(1)
  const server = await startRole<typeof stockYogaCalls>('stock-yoga')
  const url = await server.call('listen', { brokers: stage.brokers, topic, feed })
  const target = { url, serverPid: server.pid, topic, subscriptions: subscriptions(topic) }
  const audience = await gather(producer, target)
  return {
    audience,
    overflow: async ({ kind, bytes }) => {
      const count = OVERFLOW
      const before = await audience.child.call('counts')
      await producer.call('write', { topic, partitions: 1, count, kind, bytes })
      const after = await drained(audience)
      const { overflows } = await server.call('told')
      const lost = 1 - (after - before.total) / (count * audience.size)
      return `${feed} given ${count.toLocaleString('en')} at once, it loses ${(lost * 100).toFixed(0)} % (${overflows.toLocaleString('en')} uncaught errors)`
    },
    [Symbol.asyncDispose]: async () => {
      await audience[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Waits until nothing more comes and answers how much came. */
const drained = async ({ child }: Audience): Promise<number> => {
  const deadline = Date.now() + DRAIN_LIMIT_MS
  for (let before = -1; ; ) {
    const { total } = await child.call('counts')
    if (total === before || Date.now() > deadline) return total
    before = total
    await sleep(3000)
  }
}
