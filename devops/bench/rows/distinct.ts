import { alternate } from '../harness/alternate.ts'
import { distinctMessages } from '../harness/documents.ts'
import { line } from '../harness/line.ts'
import { deliver, gather } from '../harness/live.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { openStock } from './open-stock.ts'

const OPERATIONS = 100
const VALUE_BYTES = 100
const BURST = 2000
const STOCK_BURST = 900
/** A single burst ends before the engine's compiler has finished with a hundred operations: 23 µs, then 12, 9.5, 10. */
const BURSTS = 3

const measure = async (stage: Stage) => {
  await using producer = await stage.producer()
  await using product = await stage.product()
  const topic = await stage.createTopic(1)
  const subscriptions = distinctMessages(topic, OPERATIONS)
  await using ours = await gather(producer, { url: product.wsUrl, serverPid: product.pid, topic, subscriptions })
  const all = (of: string) => distinctMessages(of, OPERATIONS)
  await using stock = await openStock(stage, producer, all)
  await using mercurius = await openStock(stage, producer, all, 'mercurius with mqemitter-kafka')
  const load = { kind: 'letters', bytes: VALUE_BYTES, bursts: BURSTS } as const
  return await alternate(
    {
      ours: () => deliver(producer, ours, { ...load, messages: stage.sized(BURST) }),
      stock: () => deliver(producer, stock.audience, { ...load, messages: stage.sized(STOCK_BURST) }),
      mercurius: () => deliver(producer, mercurius.audience, { ...load, messages: stage.sized(STOCK_BURST) }),
    },
    stage.rounds,
  )
}

/** Operations that share nothing but their topic. */
export const distinct: Row = {
  name: 'distinct',
  about: '100 distinct operations on one topic, one event a message, against stock Yoga + graphql-ws and mercurius',
  run: async stage => {
    const { ours, stock, mercurius } = await measure(stage)
    return [
      line({
        row: 'distinct',
        what: '100 distinct operations on one topic, one event a message, 100-byte values',
        unit: 'deliveries/s a core',
        ours,
        others: [
          ['stock Yoga + graphql-ws', stock],
          ['mercurius with mqemitter-kafka', mercurius],
        ],
        aim: { text: '≥ 3 × stock', isMet: ({ compared }) => compared >= 3 },
      }),
    ]
  },
}
