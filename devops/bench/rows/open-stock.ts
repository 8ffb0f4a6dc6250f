import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startRole } from '../harness/child.ts'
import { type Audience, gather } from '../harness/live.ts'
import type { Stage } from '../harness/stage.ts'
import { cpuSeconds, rssMb } from '../harness/usage.ts'
import type { producerCalls } from '../load/producer.ts'
import type { Subscription } from '../load/subscriber.ts'
import type { ValueKind } from '../load/values.ts'
import type { mercuriusCalls } from '../peers/mercurius.ts'
import type { FeedName } from '../peers/stock-feeds.ts'
import type { stockYogaCalls } from '../peers/stock-yoga.ts'

/** A typical server of today, named by its message source. */
export type PeerName = FeedName | 'mercurius with mqemitter-kafka'

/** A peer with its subscribers. */
export interface Stock extends AsyncDisposable {
  readonly audience: Audience
  /** Sends it more at once than a queue of 1,024 holds, and describes the outcome. */
  overflow(load: { readonly kind: ValueKind; readonly bytes: number }): Promise<string>
}

const OVERFLOW = 3000
const DRAIN_LIMIT_MS = 100_000
/** Less than this in 3 s means heartbeats and empty fetches only. */
const RESTING_CPU_S = 0.15

/** Starts a peer on its own topic and subscribes to it. */
export const openStock = async (
  stage: Stage,
  producer: Child<typeof producerCalls>,
  subscriptions: (topic: string) => readonly Subscription[],
  peer: PeerName = 'kafkajs-group',
): Promise<Stock> => {
  const topic = await stage.createTopic(1)
  const { server, url } = await startPeer(peer, stage.brokers, topic)
  const target = { url, serverPid: server.pid, topic, subscriptions: subscriptions(topic) }
  const audience = await gather(producer, target)
  return {
    audience,
    overflow: async ({ kind, bytes }) => {
      const count = OVERFLOW
      const before = await audience.child.call('counts')
      await producer.call('write', { topic, partitions: 1, count, kind, bytes })
      const after = await drained(audience)
      const errors = await server.call('errorCounts').catch(() => null)
      if (errors === null)
        return `${peer} given ${count.toLocaleString('en')} at once: it crashes: ${server.lastOutput().trim()}`
      const lost = 1 - (after - before.total) / (count * audience.size)
      return `${peer} given ${count.toLocaleString('en')} at once: it loses ${(lost * 100).toFixed(0)} % (${errors.uncaught.toLocaleString('en')} uncaught errors), ${rssMb(server.pid).toFixed(0)} MB afterwards`
    },
    [Symbol.asyncDispose]: async () => {
      await audience[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const startPeer = async (peer: PeerName, brokers: string, topic: string) => {
  if (peer === 'mercurius with mqemitter-kafka') {
    const server = await startRole<typeof mercuriusCalls>('mercurius')
    return { server, url: await server.call('listen', { brokers, topic }) }
  }
  const server = await startRole<typeof stockYogaCalls>('stock-yoga')
  return { server, url: await server.call('listen', { brokers, topic, feed: peer }) }
}

/**
 * Waits until no more messages arrive and the server is idle, at any speed of the machine. Returns the number of
 * messages.
 */
const drained = async ({ child, serverPid }: Audience): Promise<number> => {
  const deadline = Date.now() + DRAIN_LIMIT_MS
  for (let [before, cpuBefore] = [-1, 0]; ; ) {
    const { total } = await child.call('counts')
    const cpu = cpuSeconds(serverPid)
    if ((total === before && cpu - cpuBefore < RESTING_CPU_S) || Date.now() > deadline) return total
    before = total
    cpuBefore = cpu
    await sleep(3000)
  }
}
