import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { type Client, createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { WebSocket } from 'ws'
import {
  DescribeTopicDocument,
  MessageStreamDocument,
  MessagesDocument,
  ProduceDocument,
  type ProduceMutationVariables,
} from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
let client: Client

beforeAll(async () => {
  app = await startTestApp()
  client = createClient({ url: app.socketUrl, webSocketImpl: WebSocket })
})
afterAll(async () => {
  await client.dispose()
  await app[Symbol.asyncDispose]()
})

/** All that a frontend needs for queries and mutations. */
const execute = async <TData, TVariables>(document: TypedDocumentNode<TData, TVariables>, variables: TVariables) => {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: print(document), variables }),
  })
  const { data, errors }: { data?: TData; errors?: readonly { message: string }[] } = await response.json()
  if (data === undefined || errors) throw new Error(errors?.[0]?.message ?? response.statusText)
  return data
}

/** All that it needs for subscriptions: the types come with the document. */
async function* subscribe<TData, TVariables extends Record<string, unknown>>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): AsyncGenerator<TData> {
  for await (const { data, errors } of client.iterate<TData>({ query: print(document), variables })) {
    if (errors) throw new AggregateError(errors)
    if (data) yield data
  }
}

describe('documents that code generation types, used as a frontend does', () => {
  test('produce and describe over HTTP', async () => {
    const topic = await app.freshTopic({ numPartitions: 2 })
    const input: ProduceMutationVariables['input'] = {
      topic,
      messages: [{ partition: 1, value: { json: { a: [1] } } }],
    }
    const { produce } = await execute(ProduceDocument, { input })
    expectTypeOf(produce.results[0]).toExtend<{ partition: number; offset: string | null } | null | undefined>()
    expect(produce.results[0]).toMatchObject({ partition: 1, offset: '0' })
    const described = await execute(DescribeTopicDocument, { name: topic })
    expectTypeOf(described.topic?.partitions[0]?.latestOffset).toEqualTypeOf<string | null | undefined>()
    expect(described.topic?.partitions.map(({ latestOffset }) => latestOffset)).toEqual(['0', '1'])
  })

  test('subscribe over WebSocket, message by message and in batches', async () => {
    const topic = await app.freshTopic()
    await app.produce({ topic, messages: [{ value: { json: { item: 'tea' } } }, { key: { string: 'gone' } }] })
    const seen: (string | null)[] = []
    for await (const { messages } of subscribe(MessagesDocument, { topic, from: { earliest: true } })) {
      expectTypeOf(messages.offset).toEqualTypeOf<string>()
      expectTypeOf(messages.value?.json).toEqualTypeOf<unknown>()
      seen.push(messages.value?.string ?? null)
      if (seen.length === 2) break
    }
    expect(seen).toEqual(['{"item":"tea"}', null])
    let count = 0
    for await (const { messageStream } of subscribe(MessageStreamDocument, {
      input: { topics: [topic], from: { earliest: true } },
    })) {
      // The discriminated union narrows: a StreamGap has a reason, a MessageBatch has messages.
      if (messageStream.__typename === 'MessageBatch') count += messageStream.messages.length
      if (messageStream.__typename === 'StreamGap') expectTypeOf(messageStream.reason).toBeString()
      if (messageStream.__typename === 'CaughtUp') break
    }
    expect(count).toBe(2)
    await app.untilStreams(0)
  })
})
