import { setTimeout as sleep } from 'node:timers/promises'
import type { producerCalls } from '../load/producer.ts'
import type { Subscription, Watching } from '../load/subscriber.ts'
import type { subscriberCalls } from '../load/subscribers.ts'
import type { ValueKind } from '../load/values.ts'
import type { Sample } from './alternate.ts'
import { type Child, startRole } from './child.ts'
import { cpuSeconds, rssMb } from './usage.ts'

/** Subscribers of a topic that is being written. */
export interface Audience extends AsyncDisposable {
  readonly topic: string
  readonly serverPid: number
  readonly size: number
  readonly child: Child<typeof subscriberCalls>
}

/** How to create an audience. */
export interface AudienceOptions {
  readonly url: string
  readonly serverPid: number
  readonly topic: string
  readonly subscriptions: readonly Subscription[]
  readonly watching?: Watching
}

const SETTLE_LIMIT_MS = 30_000
type ProducerChild = Child<typeof producerCalls>

const one = (topic: string) => ({ topic, partitions: 1, count: 1, kind: 'letters', bytes: 100 }) as const

/** Subscribes to the end of a topic. Settles when a message has reached every subscriber and nothing is in flight. */
export const gather = async (producer: ProducerChild, options: AudienceOptions): Promise<Audience> => {
  const { url, serverPid, topic, subscriptions, watching = 'count' } = options
  const child = await startRole<typeof subscriberCalls>('subscribers')
  await child.call('subscribe', { url, watching, subscriptions })
  const deadline = Date.now() + SETTLE_LIMIT_MS
  // graphql-transport-ws does not acknowledge a subscription: it is active when a message arrives.
  for (;;) {
    await producer.call('write', one(topic))
    await sleep(100)
    const { least, problems } = await child.call('counts')
    if (least > 0) break
    if (Date.now() > deadline || problems.length > 0) throw new Error(`nothing arrives: ${JSON.stringify(problems)}`)
  }
  await quiet(child)
  await child.call('mark')
  return {
    topic,
    serverPid,
    size: subscriptions.length,
    child,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

const quiet = async (child: Child<typeof subscriberCalls>): Promise<void> => {
  for (let before = -1; ; ) {
    const { total } = await child.call('counts')
    if (total === before) return
    before = total
    await sleep(300)
  }
}

/** Messages for an audience, in bursts. A burst starts when all subscribers have the one before, so that none lags. */
export interface Bursts {
  readonly bursts: number
  readonly messages: number
  readonly kind: ValueKind
  readonly bytes: number
}

/**
 * Writes the bursts and waits for their delivery. The value is deliveries for each second of the server's processor
 * time.
 */
export const deliver = async (producer: ProducerChild, audience: Audience, load: Bursts): Promise<Sample> => {
  const { topic, serverPid, child, size } = audience
  const { bursts, messages, kind, bytes } = load
  const cpuBefore = cpuSeconds(serverPid)
  const began = performance.now()
  for (let i = 0; i < bursts; i++) {
    await child.call('mark')
    await producer.call('write', { topic, partitions: 1, count: messages, kind, bytes })
    await child.call('waitFor', { more: messages, withinMs: 90_000 })
  }
  const wall = (performance.now() - began) / 1000
  const cpu = cpuSeconds(serverPid) - cpuBefore
  const deliveries = bursts * messages * size
  return {
    value: deliveries / cpu,
    cpuMicros: (cpu / deliveries) * 1e6,
    rssMb: rssMb(serverPid),
    more: { perSecond: deliveries / wall },
  }
}
