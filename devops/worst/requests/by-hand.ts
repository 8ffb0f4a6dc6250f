import { type GraphQLSchema, isObjectType } from 'graphql'
import type { RequestSizes } from './sizes.ts'
import type { WorstRequest } from './worst-request.ts'

/** Topics whose messages are expensive to render, each with a few large or many small ones. */
export interface PayloadTopics {
  readonly json: string
  readonly nul: string
  readonly text: string
  readonly tiny: string
}

/** Every payload format of the schema. */
const formsIn = (schema: GraphQLSchema): readonly string[] => {
  const type = schema.getType('MessagePayload')
  return isObjectType(type) ? Object.keys(type.getFields()) : []
}

const repeated = (count: number, call: string): string =>
  Array.from({ length: count }, (_, index) => `a${index}: ${call}`).join(' ')

const streamOf = (topic: string, value: string): string =>
  `subscription { messageStream(input: { topics: ["${topic}"], from: { earliest: true }, batch: { maxMessages: 10000, maxBytes: 4194304 } }) { ... on MessageBatch { messages { ${value} } } } }`

const messagesOf = (topic: string, value: string): string =>
  `subscription { messages(topic: "${topic}", from: { earliest: true }) { ${value} } }`

const rendering = (schema: GraphQLSchema, topics: PayloadTopics, count: number): readonly WorstRequest[] =>
  Object.entries(topics).flatMap(([kind, topic]) =>
    formsIn(schema).flatMap((form): readonly WorstRequest[] => {
      const inOne = `value { ${repeated(count, form)} }`
      const inMany = repeated(Math.floor(count / 2), `value { ${form} }`)
      return [
        { name: `messageStream ${kind}: ${form} × ${count}`, transport: 'websocket', query: streamOf(topic, inOne) },
        { name: `messages ${kind}: ${form} × ${count}`, transport: 'websocket', query: messagesOf(topic, inOne) },
        {
          name: `messageStream ${kind}: value { ${form} } × ${Math.floor(count / 2)}`,
          transport: 'websocket',
          query: streamOf(topic, inMany),
        },
      ]
    }),
  )

const LONG_NAME = 50_000

/** Introspection that multiplies: types × fields × aliases. */
const introspections = ({ fields }: RequestSizes): readonly WorstRequest[] => [
  {
    name: 'introspection: descriptions × aliases',
    transport: 'http',
    query: `{ __schema { types { fields { type { fields { ${repeated(fields - 100, 'description')} } } } } } }`,
  },
  {
    name: 'introspection: types within types',
    transport: 'http',
    query: `{ ${repeated(20, '__schema { types { name fields { name type { name fields { name type { name fields { name description } } } } } } }')} }`,
  },
  {
    name: 'introspection: long alias',
    transport: 'http',
    query: `{ __schema { types { ${'x'.repeat(LONG_NAME)}: name fields { ${'y'.repeat(LONG_NAME)}: name } } } }`,
  },
]

/** Requests that walking the schema does not find: payloads, introspection, long names, broad subscriptions. */
export const requestsByHand = (
  schema: GraphQLSchema,
  topics: PayloadTopics,
  sizes: RequestSizes,
): readonly WorstRequest[] => [
  ...rendering(schema, topics, 20),
  ...rendering(schema, topics, 190).filter(({ name }) => /format|size/.test(name)),
  {
    name: 'messageStream tiny: offset under an alias of 50 KB',
    transport: 'websocket',
    query: streamOf(topics.tiny, `${'z'.repeat(LONG_NAME)}: offset`),
  },
  {
    name: 'messageStream tiny: many objects',
    transport: 'websocket',
    query: streamOf(
      topics.tiny,
      repeated(190, 'topic { name }')
        .replaceAll(/a(\d+): topic/g, 'a$1: topic')
        .slice(0, 60_000),
    ),
  },
  {
    name: 'messages: 300,000 partitions',
    transport: 'websocket',
    query: `subscription ($v: [Int!]) { messages(topic: "${topics.tiny}", partitions: $v) { offset } }`,
    variables: { v: Array.from({ length: 270_000 }, (_, index) => index) },
  },
  ...introspections(sizes),
]
