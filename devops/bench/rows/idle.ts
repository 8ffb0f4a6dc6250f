import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startRole } from '../harness/child.ts'
import { messageStream, messages } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import type { probeCalls } from '../harness/probe.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { openFiles } from '../harness/usage.ts'
import type { Subscription } from '../load/subscriber.ts'
import type { subscriberCalls } from '../load/subscribers.ts'
import type { rawWsCalls } from '../peers/raw-ws.ts'

const SUBSCRIBERS = 10_000
const PROCESSES = 4
/** After the first hundred, all one-time allocations are made. */
const FIRST = 100
const LEAVE_LIMIT_MS = 20_000
/** `messageStream` sends a quiet subscriber a progress event every 5 s. After this time each has received one. */
const SETTLE_MS = { messages: 2000, messageStream: 7000 }

type Clients = Child<typeof subscriberCalls>

/** A server that is measured. */
interface Measured {
  readonly pid: number
  readonly wsUrl: string
  memoryAfterGc(): Promise<Memory>
}

type Memory = Awaited<ReturnType<typeof probeCalls.memoryAfterGc>>

const subscribe = (clients: Clients, server: Measured, subscription: Subscription, count: number) => {
  const subscriptions = Array.from({ length: count }, () => subscription)
  return clients.call('subscribe', { url: server.wsUrl, watching: 'count', subscriptions, atOnce: 25 })
}

const measureOn = async (server: Measured, subscription: Subscription, count: number, settleMs: number) => {
  const filesBefore = openFiles(server.pid)
  const clients = await Promise.all(
    Array.from({ length: PROCESSES }, () => startRole<typeof subscriberCalls>('subscribers')),
  )
  try {
    const [first] = clients
    if (first === undefined) throw new Error('no clients')
    await subscribe(first, server, subscription, FIRST)
    await sleep(1000)
    const before = await server.memoryAfterGc()
    const began = performance.now()
    await Promise.all(clients.map(each => subscribe(each, server, subscription, Math.ceil(count / PROCESSES))))
    const connecting = performance.now() - began
    await sleep(settleMs)
    const after = await server.memoryAfterGc()
    const total = Math.ceil(count / PROCESSES) * PROCESSES
    await Promise.all(clients.map(each => each.call('close', {})))
    const filesLeft = await filesAfterLeaving(server.pid, filesBefore)
    const bytes = (after.rss - before.rss) / total
    const heap = (after.heapUsed - before.heapUsed + after.external - before.external) / total
    const more = { heap, filesLeft, perSecond: (total / connecting) * 1000 }
    return { value: bytes / 1000, rssMb: after.rss / 1e6, more }
  } finally {
    await Promise.all(clients.map(each => each[Symbol.asyncDispose]()))
  }
}

const measureOnce = async (stage: Stage, count: number, field: 'messages' | 'messageStream') => {
  await using product = await stage.product({ MAX_SOCKETS: String(SUBSCRIBERS * 2) })
  const { pid, wsUrl, child } = product
  const topic = await stage.createTopic(1)
  const subscription = field === 'messages' ? messages(topic) : messageStream(topic)
  const server = { pid, wsUrl, memoryAfterGc: () => child.call('memoryAfterGc') }
  return await measureOn(server, subscription, count, SETTLE_MS[field])
}

/** The lower bound for any server on `ws`: it acknowledges the connection and keeps the socket. */
const measureBare = async (count: number) => {
  await using bare = await startRole<typeof rawWsCalls>('raw-ws')
  const wsUrl = await bare.call('listen')
  const server = { pid: bare.pid, wsUrl, memoryAfterGc: () => bare.call('memoryAfterGc') }
  return await measureOn(server, messages('none'), count, SETTLE_MS.messages)
}

/**
 * File descriptors above those at the start, once they are closed or the time is over. A link to Kafka may stay open.
 */
const filesAfterLeaving = async (pid: number, before: number): Promise<number> => {
  const deadline = Date.now() + LEAVE_LIMIT_MS
  while (openFiles(pid) > before && Date.now() < deadline) await sleep(100)
  return openFiles(pid) - before
}

/** Subscribers without messages. */
export const idle: Row = {
  name: 'idle',
  about: '10,000 idle subscribers over WebSocket: resident bytes of each, and file descriptors after they leave',
  run: async stage => {
    const sample = await measureOnce(stage, stage.sized(SUBSCRIBERS), 'messages')
    const stream = await measureOnce(stage, stage.sized(SUBSCRIBERS), 'messageStream')
    const bare = await measureBare(stage.sized(SUBSCRIBERS))
    const { heap, perSecond } = sample.more
    const notes = [
      `${(heap / 1000).toFixed(1)} KB each of heap and buffers, ${(bare.more.heap / 1000).toFixed(1)} KB of them on bare ws`,
      `${perSecond.toFixed(0)} subscribers a second while connecting`,
      'measured once, after a full garbage collection, without the kernel’s socket buffers',
    ]
    const ours = [sample]
    const aim = { text: '≤ 12 KB', isMet: ({ ours: kilobytes }: { readonly ours: number }) => kilobytes <= 12 }
    return [
      line({
        ...{ row: 'idle', what: '10,000 idle subscribers: resident memory each', unit: 'KB', ours, notes, aim },
        others: [['bare ws that only keeps the socket', [bare]]],
      }),
      line({
        ...{
          row: 'idle',
          what: '10,000 quiet `messageStream` subscribers with a progress event every 5 s',
          unit: 'KB',
          aim,
        },
        ours: [stream],
        notes: [`${(stream.more.heap / 1000).toFixed(1)} KB each of heap and buffers`],
      }),
      line({
        ...{
          row: 'idle',
          what: 'file descriptors left open after they left',
          unit: '',
          ours,
          figure: 'filesLeft',
        },
        aim: { text: 'all back', isMet: figures => figures.ours <= 0 },
      }),
    ]
  },
}
