import { alternate, type Sample } from '../harness/alternate.ts'
import { type Child, startRole } from '../harness/child.ts'
import { messages } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import { type Audience, deliver, gather } from '../harness/live.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { cpuSeconds, rssMb } from '../harness/usage.ts'
import type { subscriberCalls } from '../load/subscribers.ts'
import { makeValues } from '../load/values.ts'
import type { rawWsCalls } from '../peers/raw-ws.ts'
import { openStock } from './open-stock.ts'

const SUBSCRIBERS = 100
/** With key, partition, offset and timestamp this makes a frame of about 400 bytes. */
const VALUE_BYTES = 250
/** Within the 4 MiB that the program keeps of a partition, so that no subscriber lags. */
const BURST = 5000
/** A stock subscriber's queue holds 1,024; more at once is lost. */
const STOCK_BURST = 900

/** The same frames that our subscribers receive. */
const frames = (): readonly string[] =>
  makeValues('json', VALUE_BYTES).map((string, i) => {
    const message = { partition: 0, offset: String(1_000_000 + i), timestamp: new Date(1.7e12 + i).toISOString() }
    const payload = { data: { messages: { ...message, key: { string: `key-${i}` }, value: { string } } } }
    return JSON.stringify({ id: '1', type: 'next', payload })
  })

interface Raw extends AsyncDisposable {
  send(count: number): Promise<Sample>
}

const openRaw = async (): Promise<Raw> => {
  const server: Child<typeof rawWsCalls> = await startRole<typeof rawWsCalls>('raw-ws')
  const child: Child<typeof subscriberCalls> = await startRole<typeof subscriberCalls>('subscribers')
  const url = await server.call('listen')
  const subscriptions = Array.from({ length: SUBSCRIBERS }, () => messages('raw'))
  await child.call('subscribe', { url, watching: 'count', subscriptions })
  const texts = frames()
  return {
    send: async count => {
      await child.call('mark')
      const before = cpuSeconds(server.pid)
      const began = performance.now()
      await server.call('send', { texts, times: count })
      await child.call('waitFor', { more: count, withinMs: 60_000 })
      const wall = (performance.now() - began) / 1000
      const cpu = cpuSeconds(server.pid) - before
      const deliveries = count * SUBSCRIBERS
      const more = { perSecond: deliveries / wall }
      return { value: deliveries / cpu, cpuMicros: (cpu / deliveries) * 1e6, rssMb: rssMb(server.pid), more }
    },
    [Symbol.asyncDispose]: async () => {
      await child[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const measure = async (stage: Stage) => {
  await using raw = await openRaw()
  await using producer = await stage.producer()
  await using product = await stage.product()
  const topic = await stage.createTopic(1)
  const everyone = (of: string) => Array.from({ length: SUBSCRIBERS }, () => messages(of))
  const target = { url: product.wsUrl, serverPid: product.pid, topic, subscriptions: everyone(topic) }
  await using ours: Audience = await gather(producer, target)
  await using stock = await openStock(stage, producer, everyone)
  await using packaged = await openStock(stage, producer, everyone, 'graphql-kafkajs-subscriptions')
  await using mercurius = await openStock(stage, producer, everyone, 'mercurius with mqemitter-kafka')
  const load = { kind: 'json', bytes: VALUE_BYTES } as const
  const [burst, stockBurst] = [stage.sized(BURST), stage.sized(STOCK_BURST)]
  const samples = await alternate(
    {
      ours: () => deliver(producer, ours, { ...load, bursts: 1, messages: burst }),
      raw: () => raw.send(burst),
      stock: () => deliver(producer, stock.audience, { ...load, bursts: 1, messages: stockBurst }),
      packaged: () => deliver(producer, packaged.audience, { ...load, bursts: 1, messages: stockBurst }),
      mercurius: () => deliver(producer, mercurius.audience, { ...load, bursts: 1, messages: stockBurst }),
    },
    stage.rounds,
  )
  const overflows: string[] = []
  for (const peer of [stock, packaged, mercurius]) overflows.push(await peer.overflow(load))
  return { samples, overflows }
}

/** One event a message to 100 identical subscribers. */
export const fanOut: Row = {
  name: 'fan-out',
  about: '100 identical subscribers, one event a message of 400 bytes, against raw ws frames of the same bytes',
  run: async stage => {
    const { samples, overflows } = await measure(stage)
    const { ours, raw, stock, packaged, mercurius } = samples
    const what = '100 identical subscribers, one event a message, 400-byte frames'
    const unit = 'deliveries/s a core'
    return [
      line({
        ...{ row: 'fan-out', what, unit, ours },
        others: [
          ['raw ws frames', raw],
          ['stock Yoga + graphql-ws', stock],
          ['the same with graphql-kafkajs-subscriptions', packaged],
          ['mercurius with mqemitter-kafka', mercurius],
        ],
        aim: { text: '≥ 0.8 of raw', isMet: ({ compared }) => compared >= 0.8 },
        notes: [`the peers on Kafka get ${STOCK_BURST} messages at a time`, ...overflows],
      }),
    ]
  },
}
