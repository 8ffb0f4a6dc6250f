import { setTimeout as sleep } from 'node:timers/promises'
import { Subscriber, type Subscription, sharedMicros, type Watching } from './subscriber.ts'

/** Subscribers to add to this process. */
export interface SubscribeInput {
  readonly url: string
  readonly watching: Watching
  /** One subscriber for each. */
  readonly subscriptions: readonly Subscription[]
  /** How many connections to open at a time. Default 50. */
  readonly atOnce?: number
}

const all: Subscriber[] = []

const problemsOf = (subscribers: readonly Subscriber[]): readonly string[] =>
  subscribers.flatMap(({ problems }) => problems).slice(0, 5)

const counts = () => {
  const each = all.map(({ count }) => count)
  const total = each.reduce((sum, count) => sum + count, 0)
  return { total, least: Math.min(...each), most: Math.max(...each), problems: problemsOf(all) }
}

/** The calls of the process that holds GraphQL subscribers. */
export const subscriberCalls = {
  /**
   * Connects and subscribes. Settles when every `subscribe` was sent, and returns the time of the last one, shared
   * microseconds.
   */
  subscribe: async ({ url, watching, subscriptions, atOnce = 50 }: SubscribeInput) => {
    for (let i = 0; i < subscriptions.length; i += atOnce) {
      const fresh = subscriptions.slice(i, i + atOnce).map(subscription => {
        return { subscription, subscriber: new Subscriber(watching) }
      })
      await Promise.all(fresh.map(({ subscriber }) => subscriber.open(new URL(url))))
      for (const { subscription, subscriber } of fresh) {
        subscriber.subscribe(subscription)
        all.push(subscriber)
      }
    }
    return sharedMicros()
  },
  counts: () => counts(),
  /**
   * Waits until each has `more` messages than at the last `mark`. Returns when the last one had them, shared
   * microseconds.
   */
  waitFor: async ({ more, withinMs }: { readonly more: number; readonly withinMs: number }) => {
    const deadline = Date.now() + withinMs
    for (const [i, subscriber] of all.entries()) subscriber.expect((marked[i] ?? 0) + more)
    while (all.some(({ reachedAt }) => reachedAt === 0)) {
      const problems = problemsOf(all)
      if (problems.length > 0 || Date.now() > deadline) {
        throw new Error(`${more} messages each did not arrive: ${JSON.stringify({ ...counts(), problems })}`)
      }
      await sleep(2)
    }
    return Math.max(...all.map(({ reachedAt }) => reachedAt))
  },
  /** Resets the count of `waitFor`. */
  mark: () => {
    marked = all.map(({ count }) => count)
  },
  /** When the first message reached the first subscriber, shared microseconds. */
  firstAt: async () => {
    const deadline = Date.now() + 30_000
    while (all.every(({ firstAt }) => firstAt === 0)) {
      if (Date.now() > deadline || problemsOf(all).length > 0) throw new Error(`no message: ${problemsOf(all)}`)
      await sleep(1)
    }
    return Math.min(...all.flatMap(({ firstAt }) => (firstAt === 0 ? [] : [firstAt])))
  },
  /** The latencies of all subscribers since the last call, microseconds. */
  takeLatencies: () => all.flatMap(({ latencies }) => latencies.splice(0)),
  pause: () => {
    for (const subscriber of all) subscriber.pause()
  },
  resume: () => {
    for (const subscriber of all) subscriber.resume()
  },
  /** Closes the oldest `count` subscribers; all without a count. */
  close: ({ count = all.length }: { readonly count?: number }) => {
    for (const subscriber of all.splice(0, count)) subscriber.close()
    marked = marked.slice(count)
  },
}

let marked: readonly number[] = []
