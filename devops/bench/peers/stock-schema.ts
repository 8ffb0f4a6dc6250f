import { createSchema } from 'graphql-yoga'
import type { KafkaMessage } from 'kafkajs'

/** A message as a plain object: default resolvers are the cheapest that a stock server can have. */
export interface StockMessage {
  readonly partition: number
  readonly offset: string
  readonly timestamp: string
  readonly key: { readonly string: string | null }
  readonly value: { readonly string: string | null }
}

/** The fields of our subscription that the bench selects, under the same names. */
export const STOCK_TYPES = /* GraphQL */ `
  type Query { ok: Boolean }
  type Payload { string: String }
  type Message { partition: Int! offset: String! timestamp: String key: Payload value: Payload }
  type Subscription { messages(topic: String!): Message! }
`

/** A KafkaJS record in the schema's shape. */
export const stockMessage = ({ offset, timestamp, key, value }: KafkaMessage, partition: number): StockMessage => ({
  partition,
  offset,
  timestamp: new Date(Number(timestamp)).toISOString(),
  key: { string: key?.toString() ?? null },
  value: { string: value?.toString() ?? null },
})

/** A schema over any pub/sub that makes an iterator for a topic. */
export const stockSchema = (feed: (topic: string) => AsyncIterable<StockMessage | KafkaMessage>) =>
  createSchema({
    typeDefs: STOCK_TYPES,
    resolvers: {
      Query: { ok: () => true },
      Subscription: {
        messages: {
          subscribe: (_: unknown, { topic }: { readonly topic: string }) => feed(topic),
          resolve: (message: StockMessage | KafkaMessage) =>
            'attributes' in message ? stockMessage(message, 0) : message,
        },
      },
    },
  })
