import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startRole } from '../harness/child.ts'
import { messages } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import type { Product } from '../harness/product.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { openFiles } from '../harness/usage.ts'
import type { subscriberCalls } from '../load/subscribers.ts'

const SUBSCRIBERS = 10_000
const PROCESSES = 4
/** After the first hundred everything that is made once is there. */
const FIRST = 100
const LEAVE_LIMIT_MS = 20_000

type Clients = Child<typeof subscriberCalls>

const subscribe = (clients: Clients, product: Product, topic: string, count: number) => {
  const subscriptions = Array.from({ length: count }, () => messages(topic))
  return clients.call('subscribe', { url: product.wsUrl, watching: 'count', subscriptions, atOnce: 25 })
}

const measureOnce = async (stage: Stage, count: number) => {
  await using product = await stage.product({ MAX_SOCKETS: String(SUBSCRIBERS * 2) })
  const topic = await stage.createTopic(1)
  const filesBefore = openFiles(product.pid)
  const clients = await Promise.all(
    Array.from({ length: PROCESSES }, () => startRole<typeof subscriberCalls>('subscribers')),
  )
  try {
    const [first] = clients
    if (first === undefined) throw new Error('no clients')
    await subscribe(first, product, topic, FIRST)
    await sleep(1000)
    const before = await product.child.call('memoryAfterGc')
    const began = performance.now()
    await Promise.all(clients.map(each => subscribe(each, product, topic, Math.ceil(count / PROCESSES))))
    const connecting = performance.now() - began
    await sleep(2000)
    const after = await product.child.call('memoryAfterGc')
    const total = Math.ceil(count / PROCESSES) * PROCESSES
    await Promise.all(clients.map(each => each.call('close', {})))
    const filesLeft = await filesAfterLeaving(product.pid, filesBefore)
    const bytes = (after.rss - before.rss) / total
    const heap = (after.heapUsed - before.heapUsed + after.external - before.external) / total
    const more = { heap, filesLeft, perSecond: (total / connecting) * 1000 }
    return { value: bytes / 1000, rssMb: after.rss / 1e6, more }
  } finally {
    await Promise.all(clients.map(each => each[Symbol.asyncDispose]()))
  }
}

/** File descriptors above those of the start, when they are back or the time is over. A link to Kafka may stay open. */
const filesAfterLeaving = async (pid: number, before: number): Promise<number> => {
  const deadline = Date.now() + LEAVE_LIMIT_MS
  while (openFiles(pid) > before && Date.now() < deadline) await sleep(100)
  return openFiles(pid) - before
}

/** Subscribers to whom nothing happens. */
export const idle: Row = {
  name: 'idle',
  about: '10,000 idle subscribers over WebSocket: resident bytes of each, and file descriptors after they leave',
  run: async stage => {
    const sample = await measureOnce(stage, stage.sized(SUBSCRIBERS))
    const { heap, perSecond } = sample.more
    const notes = [
      `${(heap / 1000).toFixed(1)} KB each of heap and buffers`,
      `${perSecond.toFixed(0)} subscribers a second while connecting`,
      'measured once, after a full garbage collection; the kernel’s socket buffers are not in it',
    ]
    const ours = [sample]
    return [
      line({
        ...{ row: 'idle', what: '10,000 idle subscribers: resident memory each', unit: 'KB', ours, notes },
        aim: { text: '≤ 12 KB', isMet: figures => figures.ours <= 12 },
      }),
      line({
        ...{
          row: 'idle',
          what: 'file descriptors above the start after they left',
          unit: '',
          ours,
          figure: 'filesLeft',
        },
        aim: { text: 'all back', isMet: figures => figures.ours <= 0 },
      }),
    ]
  },
}
