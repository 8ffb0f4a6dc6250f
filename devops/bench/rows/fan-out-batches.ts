import { alternate } from '../harness/alternate.ts'
import { messageStream, messages } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import { deliver, gather } from '../harness/live.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { openStock } from './open-stock.ts'

const SUBSCRIBERS = 100
const VALUE_BYTES = 100
/** A third of the 4 MiB that the program keeps of a partition, so that no subscriber lags. */
const BURST = 6000
const BURSTS = 15
const STOCK_BURST = 900

const measure = async (stage: Stage) => {
  await using producer = await stage.producer()
  await using product = await stage.product()
  const topic = await stage.createTopic(1)
  const subscriptions = Array.from({ length: SUBSCRIBERS }, () => messageStream(topic))
  await using ours = await gather(producer, { url: product.wsUrl, serverPid: product.pid, topic, subscriptions })
  const single = (of: string) => Array.from({ length: SUBSCRIBERS }, () => messages(of))
  await using stock = await openStock(stage, producer, single)
  const load = { kind: 'letters', bytes: VALUE_BYTES } as const
  return await alternate(
    {
      ours: () => deliver(producer, ours, { ...load, bursts: BURSTS, messages: stage.sized(BURST) }),
      stock: () => deliver(producer, stock.audience, { ...load, bursts: 1, messages: stage.sized(STOCK_BURST) }),
    },
    stage.rounds,
  )
}

/** Batches to 100 identical subscribers. */
export const fanOutBatches: Row = {
  name: 'fan-out-batches',
  about: '100 identical subscribers of messageStream against stock Yoga + graphql-ws, with the same fields',
  run: async stage => {
    const { ours, stock } = await measure(stage)
    return [
      line({
        row: 'fan-out-batches',
        what: '100 identical subscribers, messageStream, 100-byte values',
        unit: 'deliveries/s a core',
        ours,
        others: [['stock Yoga + graphql-ws, one event a message', stock]],
        aim: {
          text: '≥ 2,000,000 and ≥ 60 × stock',
          isMet: figures => figures.ours >= 2e6 && figures.compared >= 60,
        },
      }),
    ]
  },
}
