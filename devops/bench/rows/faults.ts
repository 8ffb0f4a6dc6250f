import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AckedMessage,
  longestSilence,
  startVerifiableProducer,
  type VerifiableProducer,
} from '../../../test/support/verifiable-producer.ts'
import type { Sample } from '../harness/alternate.ts'
import { type Child, startRole } from '../harness/child.ts'
import { messages, produceBody } from '../harness/documents.ts'
import { type Line, line } from '../harness/line.ts'
import type { Product } from '../harness/product.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import type { Recorded, recorderCalls } from '../load/recorder.ts'
import { type Fault, faultsUnderLoad, healthy, leaderOf } from './faults-under-load.ts'

const PARTITIONS = 3
const PER_SECOND = 200
const RUNS = 3
/** The program answers every produce within 30 s; one more second allows for transport. */
const PRODUCE_LIMIT_MS = 31_000
const WAIT_LIMIT_MS = 120_000

const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + WAIT_LIMIT_MS
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${WAIT_LIMIT_MS / 1000} s: ${what}`)
    await sleep(100)
  }
}

/** The longest silence on the worst partition, ms. */
const worstSilence = (seen: readonly { readonly partition: number; readonly at: number }[]): number =>
  Math.max(
    ...Array.from({ length: PARTITIONS }, (_, p) =>
      longestSilence(seen.filter(({ partition }) => partition === p).map(({ at }) => at)),
    ),
  )

/** Missing, duplicate and out-of-order messages, compared with those that Kafka acknowledged to its own producer. */
const faultsIn = (acked: readonly AckedMessage[], delivered: readonly Recorded[]) => {
  const seen = new Map(delivered.map(each => [`${each.partition}/${each.offset}`, each.value]))
  const missing = acked.filter(each => seen.get(`${each.partition}/${each.offset}`) !== each.value).length
  const doubled = delivered.length - seen.size
  const last = new Map<number, bigint>()
  let disordered = 0
  for (const { partition, offset } of delivered) {
    if (BigInt(offset) <= (last.get(partition) ?? -1n)) disordered++
    last.set(partition, BigInt(offset))
  }
  return missing + doubled + disordered
}

const through = async (stage: Stage, product: Product, fault: Fault): Promise<Sample> => {
  const [topic, producedTopic] = [await stage.createTopic(PARTITIONS), await stage.createTopic(PARTITIONS)]
  await healthy(stage, topic)
  await using recorder: Child<typeof recorderCalls> = await startRole<typeof recorderCalls>('recorder')
  await recorder.call('subscribe', { url: product.wsUrl, subscription: fromEarliest(topic) })
  await using load: VerifiableProducer = await startVerifiableProducer(stage.kafka, topic, PER_SECOND)
  await until('messages are acknowledged', () => load.acked.length > PER_SECOND)
  const body = produceBody(producedTopic, 'key', 'value')
  await recorder.call('produce', { url: product.httpUrl, body, everyMs: 200, limitMs: PRODUCE_LIMIT_MS })
  await fault.happen(stage, topic, await leaderOf(stage, topic))
  const after = load.acked.length
  await until('the cluster acknowledges again', () => load.acked.length > after + 2 * PER_SECOND)
  await load.stop()
  await until('everything is delivered', async () => (await recorder.call('count')).count >= load.acked.length)
  await sleep(1000)
  const delivered = await recorder.call('take')
  const answers = await recorder.call('stopProducing')
  await healthy(stage, topic)
  const floor = worstSilence(load.acked)
  return {
    value: worstSilence(delivered) / 1000,
    more: {
      floor: floor / 1000,
      wrong: faultsIn(load.acked, delivered),
      longestAnswer: Math.max(...answers.map(({ ms }) => ms)) / 1000,
      unanswered: answers.filter(({ outcome }) => outcome === 'UNANSWERED').length,
    },
  }
}

const fromEarliest = (topic: string) => {
  const { query } = messages(topic)
  return {
    query: query.replace('messages(topic: $topic)', 'messages(topic: $topic, from: { earliest: true })'),
    variables: { topic },
  }
}

const linesOf = (name: string, samples: readonly Sample[]): readonly Line[] => {
  const floors = samples.map(({ more }) => ({ value: more?.floor ?? Number.NaN }))
  const shared = { row: 'faults', ours: samples }
  const none = { text: 'none', isMet: (figures: { ours: number }) => figures.ours === 0 }
  return [
    line({
      ...{ ...shared, what: `${name}: longest silence of a subscriber`, unit: 's', as: 'difference' },
      others: [["the cluster's own outage for Kafka's Java producer", floors]],
      aim: { text: '≤ 0.3 s added', isMet: ({ compared }) => compared <= 0.3 },
    }),
    line({
      ...shared,
      what: `${name}: missing, duplicate or out of order`,
      unit: 'messages',
      figure: 'wrong',
      aim: none,
    }),
    line({ ...shared, what: `${name}: slowest produce response`, unit: 's', figure: 'longestAnswer' }),
    line({ ...shared, what: `${name}: produces without a response`, unit: '', figure: 'unanswered', aim: none }),
  ]
}

/** Broker faults on three nodes under load. */
export const faults: Row = {
  name: 'faults',
  about: 'three nodes, each fault three times: the delay of a subscriber beyond the outage of the cluster itself',
  isLong: true,
  nodes: 3,
  run: async stage => {
    await using product = await stage.product()
    const lines: Line[] = []
    for (const fault of faultsUnderLoad) {
      const samples: Sample[] = []
      for (let run = 0; run < stage.sized(RUNS); run++) {
        stage.say(`${fault.name}, run ${run + 1}`)
        samples.push(await through(stage, product, fault))
      }
      lines.push(...linesOf(fault.name, samples))
    }
    return lines
  },
}
