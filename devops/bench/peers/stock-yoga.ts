import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ExecutionArgs } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import { WebSocketServer } from 'ws'
import { type Feed, type FeedName, openFeed } from './stock-feeds.ts'
import { stockSchema } from './stock-schema.ts'

let uncaught = 0

/** What a stock server reads, and how. */
export interface StockInput {
  readonly brokers: string
  readonly topic: string
  readonly feed: FeedName
}

/** A stock application: Yoga and graphql-ws as their documentation shows them. */
export const stockYogaCalls = {
  listen: async ({ brokers, topic, feed }: StockInput) => {
    // When a subscriber's queue of 1,024 is full, publishing rejects where no code can catch it.
    process.on('unhandledRejection', () => uncaught++)
    process.on('uncaughtException', () => uncaught++)
    return serve(await openFeed(feed, brokers, topic))
  },
  /** How often a subscriber's queue overflowed. */
  errorCounts: () => ({ uncaught }),
}

/** Yoga's own functions, which its documentation passes to graphql-ws in the root value. */
const envelopedOf = (args: ExecutionArgs) =>
  args.rootValue as Pick<ReturnType<YogaServerInstance<object, object>['getEnveloped']>, 'execute' | 'subscribe'>

const serve = async (feed: Feed): Promise<string> => {
  const yoga = createYoga({ schema: stockSchema(feed), logging: false })
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
