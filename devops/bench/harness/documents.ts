import type { Subscription } from '../load/subscriber.ts'

const FIELDS = 'partition offset timestamp key { string } value { string }'
/** The fields of the replay benchmark: partition, offset, key and value. */
const REPLAY_FIELDS = 'partition offset key { string } value { string }'

/** One message an event. Valid for our schema and for the stock peer's. */
export const messages = (topic: string): Subscription => ({
  query: `subscription Messages($topic: String!) { messages(topic: $topic) { ${FIELDS} } }`,
  variables: { topic },
})

/** The same operation in many different documents: each selects one field under its own alias. */
export const distinctMessages = (topic: string, count: number): readonly Subscription[] =>
  Array.from({ length: count }, (_, i) => ({
    query: `subscription Messages${i}($topic: String!) { messages(topic: $topic) { position${i}: offset ${FIELDS} } }`,
    variables: { topic },
  }))

/** Batches of live messages. */
export const messageStream = (topic: string): Subscription => stream(topic, { latest: true }, FIELDS)

/** Stored messages, one an event. */
export const replayMessages = (topic: string): Subscription => ({
  query: `subscription Replay($topic: String!) { messages(topic: $topic, from: { earliest: true }) { ${REPLAY_FIELDS} } }`,
  variables: { topic },
})

/** Stored messages in batches. */
export const replayStream = (topic: string): Subscription => stream(topic, { earliest: true }, REPLAY_FIELDS)

const stream = (topic: string, from: object, fields: string): Subscription => ({
  query: `subscription Stream($input: MessageStreamInput!) { messageStream(input: $input) { ... on MessageBatch { messages { ${fields} } } } }`,
  variables: { input: { topics: [topic], from } },
})

/** One message a mutation, like an application that writes one event a request. */
export const produceBody = (topic: string, key: string, value: string): string =>
  JSON.stringify({
    query:
      'mutation Produce($input: ProduceInput!) { produce(input: $input) { results { partition offset } errors { code message } } }',
    variables: { input: { topic, messages: [{ key: { string: key }, value: { string: value } }] } },
  })
