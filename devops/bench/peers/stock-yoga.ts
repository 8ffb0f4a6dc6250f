import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ExecutionArgs } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { createPubSub, createYoga, type YogaServerInstance } from 'graphql-yoga'
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs'
import { WebSocketServer } from 'ws'
import { type StockMessage, stockSchema } from './stock-schema.ts'

const pubSub = createPubSub<{ [topic: string]: [message: StockMessage] }>()
let published = 0
let overflows = 0

/** A stock application: Yoga and graphql-ws as their documentation shows them, fed by a KafkaJS consumer group. */
export const stockYogaCalls = {
  listen: async ({ brokers, topics }: { readonly brokers: string; readonly topics: readonly string[] }) => {
    // A subscriber whose queue of 1,024 is full makes publishing reject where nobody can catch it.
    process.on('unhandledRejection', () => overflows++)
    process.on('uncaughtException', () => overflows++)
    const url = await serve()
    const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR })
    const consumer = kafka.consumer({ groupId: `stock-${process.pid}` })
    await consumer.connect()
    await consumer.subscribe({ topics: [...topics] })
    const joined = new Promise(resolve => consumer.on('consumer.group_join', resolve))
    await consumer.run({
      eachMessage: async ({ topic, partition, message }) => {
        published++
        pubSub.publish(topic, stockMessage(partition, message))
      },
    })
    await joined
    return url
  },
  /** What it took from Kafka, and how often a subscriber's queue overflowed. */
  told: () => ({ published, overflows }),
}

/** A record of KafkaJS in the schema's shape. */
export const stockMessage = (partition: number, { offset, timestamp, key, value }: KafkaMessage): StockMessage => ({
  partition,
  offset,
  timestamp: new Date(Number(timestamp)).toISOString(),
  key: { string: key?.toString() ?? null },
  value: { string: value?.toString() ?? null },
})

/** Yoga's own functions, which its documentation passes to graphql-ws in the root value. */
const envelopedOf = (args: ExecutionArgs) =>
  args.rootValue as Pick<ReturnType<YogaServerInstance<object, object>['getEnveloped']>, 'execute' | 'subscribe'>

const serve = async (): Promise<string> => {
  const yoga = createYoga({ schema: stockSchema(topic => pubSub.subscribe(topic)), logging: false })
  const http = createServer(yoga)
  const sockets = new WebSocketServer({ server: http, path: yoga.graphqlEndpoint })
  useServer(
    {
      execute: args => envelopedOf(args).execute(args),
      subscribe: args => envelopedOf(args).subscribe(args),
      onSubscribe: async (context, _id, params) => {
        const { request, socket } = context.extra
        const enveloped = yoga.getEnveloped({ ...context, req: request, socket, params })
        const { schema, execute, subscribe, contextFactory, parse, validate } = enveloped
        const document = parse(params.query)
        const contextValue = await contextFactory()
        const args = {
          schema,
          operationName: params.operationName,
          document,
          variableValues: params.variables,
          contextValue,
          rootValue: { execute, subscribe },
        }
        const errors = validate(schema, document)
        return errors.length > 0 ? errors : args
      },
    },
    sockets,
  )
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `ws://127.0.0.1:${address.port}/graphql`
}
