import type { ReadMessage, ToldMessage } from '../../support/oracle.ts'
import { type SteadyLoad, startSteadyLoad } from '../../support/steady-load.ts'
import { graphqlWs } from '../../support/subscribe.ts'
import type { Product } from './start-product.ts'

/** A steady load of produce mutations over HTTP, one message each, and the result of each. */
export interface Load extends SteadyLoad {
  readonly told: readonly ToldMessage[]
  /** Number of acknowledged messages so far. */
  acked(): number
}

interface Answer {
  readonly produce: {
    readonly results: readonly ({ readonly offset: string } | null)[]
    readonly errors: readonly { readonly code: string }[]
  }
}

const PRODUCE = `mutation ($input: ProduceInput!) {
  produce(input: $input) { results { offset } errors { code } }
}`
const PAUSE_MS = 10
/** Kafka may have written messages with these errors. */
const UNKNOWN = ['OUTCOME_UNKNOWN', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND']

/** About a hundred numbered messages per second, spread over a topic's partitions. */
export const startLoad = (product: Product, topic: string, partitions: number): Load => {
  const told: ToldMessage[] = []
  const { took, stop } = startSteadyLoad(PAUSE_MS, async number => {
    const [value, partition] = [String(number), number % partitions]
    told.push({ value, partition, told: 'UNKNOWN', offset: null })
    const input = { topic, messages: [{ partition, value: { string: value } }] }
    const { data } = await product.run<Answer>(PRODUCE, { input })
    const [result, error] = [data?.produce.results[0], data?.produce.errors[0]]
    if (result) told[number] = { value, partition, told: 'ACKED', offset: BigInt(result.offset) }
    else if (error && !UNKNOWN.includes(error.code)) told[number] = { value, partition, told: 'REJECTED', offset: null }
  })
  return { told, took, stop, acked: () => told.filter(one => one.told === 'ACKED').length }
}

/** One WebSocket subscription of a whole topic, from the beginning. */
export interface Reading extends AsyncDisposable {
  /** In order of delivery. */
  read(): readonly ReadMessage[]
}

interface Event {
  readonly messages: {
    readonly partition: number
    readonly offset: string
    readonly value: { readonly string: string }
  }
}

/** Reads a topic over one socket that is never reopened. */
export const startReading = (product: Product, topic: string): Reading => {
  const client = graphqlWs(product)
  const query = `subscription ($topic: String!) {
    messages(topic: $topic, from: { earliest: true }) { partition offset value { string } }
  }`
  const reader = client.subscribe<Event, { topic: string }>(query, { topic })
  return {
    read: () =>
      reader.all.map(({ messages: { partition, offset, value } }) => ({
        partition,
        offset: BigInt(offset),
        value: value.string,
      })),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

/** Counts the results by kind, for the output of a test. */
export const countsOf = (told: readonly ToldMessage[]): string =>
  ['ACKED', 'REJECTED', 'UNKNOWN'].map(one => `${one} ${told.filter(({ told }) => told === one).length}`).join(', ')
