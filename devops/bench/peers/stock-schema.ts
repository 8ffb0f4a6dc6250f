import { createSchema } from 'graphql-yoga'

/** A message as a plain object: default resolvers, the cheapest that a stock server can have. */
export interface StockMessage {
  readonly partition: number
  readonly offset: string
  readonly timestamp: string
  readonly key: { readonly string: string | null }
  readonly value: { readonly string: string | null }
}

/** The fields of our subscription that the bench asks for, under the same names. */
export const STOCK_TYPES = /* GraphQL */ `
  type Query { ok: Boolean }
  type Payload { string: String }
  type Message { partition: Int! offset: String! timestamp: String key: Payload value: Payload }
  type Subscription { messages(topic: String!): Message! }
`

/** A schema over any pub/sub that makes an iterator for a topic. */
export const stockSchema = (subscribe: (topic: string) => AsyncIterable<StockMessage>) =>
  createSchema({
    typeDefs: STOCK_TYPES,
    resolvers: {
      Query: { ok: () => true },
      Subscription: {
        messages: {
          subscribe: (_: unknown, { topic }: { readonly topic: string }) => subscribe(topic),
          resolve: (message: StockMessage) => message,
        },
      },
    },
  })
