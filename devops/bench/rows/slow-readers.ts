import { setTimeout as sleep } from 'node:timers/promises'
import type { Sample } from '../harness/alternate.ts'
import { startRole } from '../harness/child.ts'
import { messages } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import { type Audience, gather } from '../harness/live.ts'
import type { Product } from '../harness/product.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { percentile } from '../harness/statistics.ts'
import { rssMb } from '../harness/usage.ts'
import type { subscriberCalls } from '../load/subscribers.ts'

const HEALTHY = 5
const STALLED = 10
/** 4 MB/s. */
const PER_SECOND = 4000
const BYTES = 1000
const SECONDS = 30
const WARM_UP_SECONDS = 10
/**
 * The server keeps sending to a stopped reader until the kernel's buffers are full, 1 to 2 s at this load. Only then
 * the reader is stalled.
 */
const FILLING_SECONDS = 4

/**
 * Writes for the whole time. Returns the program's largest memory, and the healthy subscribers' p99 once buffers are
 * full.
 */
const watched = async (product: Product, healthy: Audience, producer: Producer, seconds: number): Promise<Sample> => {
  const filledAt = performance.now() + FILLING_SECONDS * 1000
  let isFilling = true
  const load = { topic: healthy.topic, perSecond: PER_SECOND, bytes: BYTES, seconds }
  let isOver = false
  const writing = producer.call('pace', load).finally(() => {
    isOver = true
  })
  let most = 0
  while (!isOver) {
    most = Math.max(most, rssMb(product.pid))
    if (isFilling && performance.now() > filledAt) {
      isFilling = false
      await healthy.child.call('takeLatencies')
    }
    await sleep(200)
  }
  const { failures } = await writing
  if (failures.length > 0) throw new Error(`the load could not be written: ${failures[0]}`)
  await sleep(500)
  const took = await healthy.child.call('takeLatencies')
  const ms = took.map(micros => micros / 1000)
  const kept = (await product.child.call('memoryAfterGc')).rss / 1e6
  return { value: percentile(ms, 0.99), rssMb: most, more: { p50: percentile(ms, 0.5), most, kept } }
}

type Producer = Awaited<ReturnType<Stage['producer']>>

const measure = async (stage: Stage) => {
  await using producer = await stage.producer()
  await using product = await stage.product()
  const topic = await stage.createTopic(1)
  const many = (count: number) => Array.from({ length: count }, () => messages(topic))
  const shared = { url: product.wsUrl, serverPid: product.pid, topic }
  await using healthy = await gather(producer, { ...shared, subscriptions: many(HEALTHY), watching: 'latency' })
  // The first pass warms the program up and fills its rings.
  await watched(product, healthy, producer, stage.sized(WARM_UP_SECONDS))
  const without: Sample[] = []
  const withStalled: Sample[] = []
  for (let round = 0; round < Math.min(2, stage.rounds); round++) {
    without.push(await watched(product, healthy, producer, stage.sized(SECONDS)))
    await using stalled = await startRole<typeof subscriberCalls>('subscribers')
    await stalled.call('subscribe', { url: product.wsUrl, watching: 'count', subscriptions: many(STALLED) })
    await stalled.call('pause')
    withStalled.push(await watched(product, healthy, producer, stage.sized(SECONDS)))
  }
  return { without, withStalled }
}

/** Stalled readers beside healthy ones. */
export const slowReaders: Row = {
  name: 'slow-readers',
  about: '10 stalled readers at 4 MB/s for 30 s: memory, and the effect on healthy subscribers',
  run: async stage => {
    const { without, withStalled } = await measure(stage)
    const others = [['the same without them', without]] as const
    const row = 'slow-readers'
    return [
      line({
        ...{ row, unit: 'MB', ours: withStalled, others, figure: 'most', as: 'difference' },
        what: `${STALLED} stalled readers at 4 MB/s for ${SECONDS} s: most resident memory`,
        aim: { text: '≤ 64 MB more', isMet: ({ compared }) => compared <= 64 },
      }),
      line({
        ...{ row, unit: 'MB', ours: withStalled, others, figure: 'kept', as: 'difference' },
        what: 'the same after a full garbage collection, the readers still stalled',
      }),
      line({
        ...{ row, unit: 'ms', ours: withStalled, others },
        what: `p99 of ${HEALTHY} healthy subscribers meanwhile`,
        aim: { text: 'within 10 %', isMet: ({ compared }) => compared <= 1.1 },
      }),
    ]
  },
}
