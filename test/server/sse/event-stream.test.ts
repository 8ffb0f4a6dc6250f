import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { createSchema } from 'graphql-yoga'
import { expect, onTestFinished, test } from 'vitest'
import { Turns } from '../../../src/async/turns.ts'
import { silentLogger } from '../../../src/kafka/logger.ts'
import { createMetrics } from '../../../src/observe/metrics.ts'
import { createDocuments } from '../../../src/server/pipeline/documents/documents.ts'
import { createToClientError } from '../../../src/server/pipeline/errors/client-error.ts'
import { createAnswers } from '../../../src/server/pipeline/execute/create-answers.ts'
import { createPipeline } from '../../../src/server/pipeline/pipeline.ts'
import { createSubscribe } from '../../../src/server/pipeline/subscribe/subscription.ts'
import { SendBudget } from '../../../src/server/sending/send-budget.ts'
import { createEventStreams } from '../../../src/server/sse/sse.ts'
import { eventually } from '../../support/eventually.ts'

const big = 'x'.repeat(50_000)

/** Results that are ready as soon as the event loop has turned, or one and then none, until they are returned. */
const endless = (open: Set<object>, isQuiet: boolean): AsyncIterableIterator<string> => {
  let isDone = false
  let count = 0
  let settle = () => {}
  const end = async (): Promise<IteratorResult<string>> => {
    isDone = true
    settle()
    open.delete(results)
    return { done: true, value: undefined }
  }
  const results: AsyncIterableIterator<string> = {
    async next() {
      await new Promise<void>(resolve => {
        settle = resolve
        if (count++ === 0 || !isQuiet) setImmediate(resolve)
      })
      return isDone ? { done: true, value: undefined } : { done: false, value: big }
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]: () => results,
  }
  open.add(results)
  return results
}

const startStreams = async ({ isQuiet = false } = {}) => {
  const open = new Set<object>()
  const budget = new SendBudget(1 << 20)
  const text = { subscribe: () => endless(open, isQuiet), resolve: (value: string) => value }
  const schema = createSchema({
    typeDefs: 'type Query { a: Int } type Subscription { text: String }',
    resolvers: { Subscription: { text } },
  })
  const documentLimits = { maxDepth: 10, maxFields: 10, maxTokens: 100 }
  const toClientError = createToClientError(silentLogger)
  const pipeline = createPipeline({
    turns: new Turns(),
    schema,
    createContext: () => ({}),
    documents: createDocuments(schema, documentLimits, { maxEntries: 10, maxBytes: 10_000 }),
    toClientError,
    metrics: createMetrics(),
    subscribe: createSubscribe({ sharedResultBytes: 1 << 20, maxQueryFields: 1000 }),
    answers: createAnswers({ schema, maxBytes: 1 << 20, toClientError }),
  })
  const limits = { bufferBytes: 200_000, stallMs: 200, keepAliveMs: 1000, maxStreams: 1000 }
  const streams = createEventStreams(pipeline, limits, budget)
  const http = createServer((_, response) => void streams.answer(response, { query: 'subscription { text }' }))
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    http.closeAllConnections()
    http.close()
  })
  const address = http.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { open, budget, port }
}

const ASK = 'GET /graphql HTTP/1.1\r\nHost: a\r\n\r\n'
const connected = async (port: number, text: string): Promise<Socket> => {
  const client = connect(port, '127.0.0.1')
  client.on('error', () => undefined)
  client.write(text)
  await new Promise(resolve => client.once('data', resolve))
  return client
}

test('clients that disconnect at any point leave nothing in the shared budget', async () => {
  const { open, budget, port } = await startStreams()
  for (let round = 0; round < 40; round++) {
    const clients = await Promise.all([1, 2, 3].map(() => connected(port, ASK)))
    if (round % 2 === 0) for (const client of clients) client.pause()
    await new Promise(resolve => setTimeout(resolve, round % 7))
    for (const client of clients) client.resetAndDestroy()
  }
  await eventually(() => expect(open.size).toBe(0))
  await eventually(() => expect(budget.held).toBe(0))
})

test('a client with several requests on one connection leaves none of them behind when it disconnects', async () => {
  const { open, budget, port } = await startStreams({ isQuiet: true })
  const client = await connected(port, ASK.repeat(20))
  await eventually(() => expect(open.size).toBe(20))
  client.resetAndDestroy()
  await eventually(() => expect(open.size).toBe(0))
  await eventually(() => expect(budget.held).toBe(0))
})
