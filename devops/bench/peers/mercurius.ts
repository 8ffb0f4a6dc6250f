import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fastify } from 'fastify'
import { Kafka, logLevel } from 'kafkajs'
import { mercurius, type PubSub } from 'mercurius'
import { STOCK_TYPES, stockMessage } from './stock-schema.ts'

/** The used part of the package, which has no types. */
interface Emitter {
  readonly status: NodeJS.EventEmitter
}

const require = createRequire(import.meta.url)
const mqemitterKafka: (options: { readonly client: Kafka; readonly topic: string }) => Emitter =
  require('mqemitter-kafka')

const START_LIMIT_MS = 60_000
const PART = 500
let uncaught = 0

/** What the server reads. */
export interface MercuriusInput {
  readonly brokers: string
  readonly topic: string
}

/**
 * A mercurius application as its documentation shows it, with mqemitter-kafka as its emitter. The emitter reads only
 * its own envelopes from its own topic, so messages of any other topic must be published to Kafka once more.
 */
export const mercuriusCalls = {
  listen: async ({ brokers, topic }: MercuriusInput) => {
    process.on('unhandledRejection', () => uncaught++)
    process.on('uncaughtException', () => uncaught++)
    const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR })
    const emitter = mqemitterKafka({ client: kafka, topic: `${topic}-mqemitter` })
    await once(emitter.status, 'started', { signal: AbortSignal.timeout(START_LIMIT_MS) })
    const app = fastify()
    await app.register(mercurius, { schema: STOCK_TYPES, resolvers, subscription: { emitter } })
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    await bridge(kafka, topic, app.graphql.pubsub)
    return `${address.replace('http', 'ws')}/graphql`
  },
  /** The number of uncatchable errors. */
  errorCounts: () => ({ uncaught }),
}

const resolvers = {
  Query: { ok: () => true },
  Subscription: {
    messages: {
      subscribe: (_: unknown, { topic }: { readonly topic: string }, { pubsub }: { readonly pubsub: PubSub }) =>
        pubsub.subscribe(topic),
    },
  },
}

/**
 * Publishes messages in parts and waits for each part. The emitter sends everything queued as one batch, and Kafka
 * refuses a batch above 1 MB, which is lost completely (98 % of 3,000 messages at once).
 */
const bridge = async (kafka: Kafka, topic: string, pubsub: PubSub): Promise<void> => {
  const publish = (payload: object) =>
    new Promise<void>((resolve, reject) => {
      pubsub.publish({ topic, payload }, (error?: unknown) => (error ? reject(error) : resolve()))
    })
  const consumer = kafka.consumer({ groupId: `mercurius-${process.pid}` })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic] })
  await consumer.run({
    eachBatch: async ({ batch: { messages, partition } }) => {
      for (let from = 0; from < messages.length; from += PART) {
        const part = messages.slice(from, from + PART)
        await Promise.all(part.map(message => publish({ messages: stockMessage(message, partition) })))
      }
    },
  })
}
