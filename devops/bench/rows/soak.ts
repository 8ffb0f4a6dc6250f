import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startRole } from '../harness/child.ts'
import { messageStream } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import { type Audience, gather } from '../harness/live.ts'
import type { Product } from '../harness/product.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { slope } from '../harness/statistics.ts'
import { cpuSeconds, openFiles, rssMb } from '../harness/usage.ts'
import type { subscriberCalls } from '../load/subscribers.ts'

const STAYING = 90
const PASSING = 10
/** How many of the passing subscribers leave and join each second. */
const CHANGES_A_SECOND = 5
const PER_SECOND = 5000
const SECONDS = 600
/** Fetching ends within 5 s after the last subscriber has left. */
const LEAVE_MS = 10_000

/** After this fraction of the time, all one-time allocations are made. */
const WARM = 1 / 3

type Resources = Readonly<Record<string, number>>

/** Live memory: heap and buffers after a full garbage collection, MB. */
const liveMb = async ({ child }: Product): Promise<number> => {
  const { heapUsed, external } = await child.call('memoryAfterGc')
  return (heapUsed + external) / 1e6
}

/**
 * While `isOver` is false: subscribers come and go, and memory is read each second. Live memory is read once after the
 * warm-up.
 */
const churn = async (product: Product, topic: string, warmSeconds: number, isOver: () => boolean) => {
  await using passing: Child<typeof subscriberCalls> = await startRole<typeof subscriberCalls>('subscribers')
  const come = (count: number) =>
    passing.call('subscribe', {
      url: product.wsUrl,
      watching: 'count',
      subscriptions: Array.from({ length: count }, () => messageStream(topic)),
    })
  await come(PASSING)
  const memory: [seconds: number, mb: number][] = []
  let warm: { readonly mb: number; readonly seconds: number } | null = null
  const began = performance.now()
  while (!isOver()) {
    await sleep(1000)
    await passing.call('close', { count: CHANGES_A_SECOND })
    await come(CHANGES_A_SECOND)
    const seconds = (performance.now() - began) / 1000
    memory.push([seconds, rssMb(product.pid)])
    if (warm === null && seconds > warmSeconds) warm = { mb: await liveMb(product), seconds }
  }
  const seconds = (performance.now() - began) / 1000
  const grown = warm === null ? Number.NaN : (await liveMb(product)) - warm.mb
  return { memory, grown: (grown * 60) / (seconds - (warm?.seconds ?? 0)), aliveMb: warm?.mb ?? Number.NaN }
}

const load = async (stage: Stage, product: Product, audience: Audience, producer: Producer) => {
  const seconds = stage.sized(SECONDS)
  let isOver = false
  const limit = (seconds + 120) * 1000
  const pace = { topic: audience.topic, perSecond: PER_SECOND, bytes: 100, seconds }
  await audience.child.call('mark')
  const before = cpuSeconds(product.pid)
  const writing = producer.call('pace', pace, limit).finally(() => {
    isOver = true
  })
  const churned = await churn(product, audience.topic, seconds * WARM, () => isOver)
  const { sent, failures } = await writing
  if (failures.length > 0) throw new Error(`the load could not be written: ${failures[0]}`)
  await sleep(2000)
  const { least, most, problems } = await audience.child.call('counts')
  if (problems.length > 0) throw new Error(`a subscriber was ended: ${problems[0]}`)
  const cpu = cpuSeconds(product.pid) - before
  return { ...churned, sent, least, most, cpuMicros: (cpu / (sent * (STAYING + PASSING))) * 1e6 }
}

type Producer = Awaited<ReturnType<Stage['producer']>>

/** Resources that exist now and did not before, by kind. */
const moreThan = (before: Resources, after: Resources): number =>
  Object.entries(after).reduce((sum, [kind, count]) => sum + Math.max(0, count - (before[kind] ?? 0)), 0)

const measure = async (stage: Stage) => {
  await using producer = await stage.producer()
  await using product = await stage.product()
  const topic = await stage.createTopic(1)
  const target = { url: product.wsUrl, serverPid: product.pid, topic }
  // One-time allocations for the first subscriber are no leak, so one comes and goes before the count.
  await using first = await gather(producer, { ...target, subscriptions: [messageStream(topic)] })
  await first[Symbol.asyncDispose]()
  await sleep(LEAVE_MS)
  const before = { resources: await product.child.call('resources'), files: openFiles(product.pid) }
  const subscriptions = Array.from({ length: STAYING }, () => messageStream(topic))
  await using audience = await gather(producer, { ...target, subscriptions })
  const base = await audience.child.call('counts')
  const { memory, grown, aliveMb, sent, least, most, cpuMicros } = await load(stage, product, audience, producer)
  await audience[Symbol.asyncDispose]()
  await sleep(LEAVE_MS)
  const late = memory.slice(Math.floor(memory.length / 2)).map(([x, y]) => [x / 60, y] as const)
  const more = {
    grown,
    wrong: Math.max(Math.abs(least - base.least - sent), Math.abs(most - base.most - sent)),
    handles: moreThan(before.resources, await product.child.call('resources')),
    files: Math.max(0, openFiles(product.pid) - before.files),
  }
  const mb = memory.map(([, each]) => each)
  const notes = [
    `${sent.toLocaleString('en')} messages; ${Math.round(Math.min(...mb))} to ${Math.round(Math.max(...mb))} MB; ${CHANGES_A_SECOND} subscribers leave and come each second`,
    `${aliveMb.toFixed(0)} MB alive when warm`,
    `handles before ${JSON.stringify(before.resources)}, after ${JSON.stringify(await product.child.call('resources'))}`,
  ]
  return { sample: { value: slope(late), cpuMicros, rssMb: mb.at(-1) ?? 0, more }, notes }
}

/** A day of load in minutes. */
export const soak: Row = {
  name: 'soak',
  about: '10 minutes at 5,000 messages/s to 100 subscribers of messageStream that come and go: memory, losses, handles',
  isLong: true,
  run: async stage => {
    const { sample, notes } = await measure(stage)
    const shared = { row: 'soak', ours: [sample] }
    const none = { text: 'none', isMet: (figures: { ours: number }) => figures.ours === 0 }
    const what = '10 minutes at 5,000 messages/s to 100 subscribers'
    return [
      line({
        ...{ ...shared, what: `${what}: slope of memory in the second half`, unit: 'MB/min', notes },
        aim: { text: 'flat (≤ 1 MB/min)', isMet: figures => figures.ours <= 1 },
      }),
      line({
        ...{
          ...shared,
          what: `${what}: growth of what is alive after a full collection`,
          unit: 'MB/min',
          figure: 'grown',
        },
        aim: { text: 'flat (≤ 1 MB/min)', isMet: figures => figures.ours <= 1 },
      }),
      line({ ...shared, what: `${what}: lost or doubled`, unit: 'messages', figure: 'wrong', aim: none }),
      line({ ...shared, what: `${what}: handles left`, unit: '', figure: 'handles', aim: none }),
      line({ ...shared, what: `${what}: file descriptors left`, unit: '', figure: 'files', aim: none }),
    ]
  },
}
