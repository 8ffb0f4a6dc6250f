import { once } from 'node:events'
import fc from 'fast-check'
import { type ExecutionResult, execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PassQueue } from '../../../../src/async/pass-queue.ts'
import { Turns } from '../../../../src/async/turns.ts'
import { createContext } from '../../../../src/graphql/core/context.ts'
import type { GraphQLLimits } from '../../../../src/graphql/core/limits.ts'
import { nodesOf } from '../../../../src/graphql/message/message-nodes.ts'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { toOffset } from '../../../../src/kafka/offset.ts'
import type { BatchEvent } from '../../../../src/kafka/ports/message-streams.ts'
import type { PayloadReader } from '../../../../src/kafka/ports/payload-reader.ts'
import { createPayloadReader } from '../../../../src/payloads/read/payload-reader.ts'
import { LargeEvents } from '../../../../src/server/pipeline/results/large-events.ts'
import { LargeResult } from '../../../../src/server/pipeline/results/large-result.ts'
import { ReadyResult } from '../../../../src/server/pipeline/results/ready-result.ts'
import { createSubscribe } from '../../../../src/server/pipeline/subscribe/subscription.ts'
import { harness, limits } from '../../../graphql/harness.ts'
import { batchOf, storedMessage } from '../../../graphql/message/scripted-streams.ts'
import { ask } from '../../support/ask.ts'
import { withOneEvent } from '../../support/one-event.ts'
import { openSocket } from '../../support/socket-client.ts'
import { productServer } from '../normalise/first-event.ts'
import { oddPayload } from './odd-payloads.ts'

const MESSAGE =
  'offset timestampMs partition key { string hex } value { string base64 size } headers { key value { string } }'
const SINGLE = `subscription { messages(topic: "orders") { ${MESSAGE} } }`
const BATCHES = `subscription { messageStream(input: { topics: ["orders"] }) { ... on MessageBatch { messages { ${MESSAGE} } } } }`

const batchWith = (...values: readonly Buffer[]): BatchEvent => {
  const headers = [{ key: 'ключ "h"', value: Buffer.from('\u0001') }]
  const stored = values.map((value, at) =>
    storedMessage({ offset: toOffset(at), key: value.subarray(0, 40), value, headers }),
  )
  return batchOf('orders', stored)
}

const schema = buildSchema()
const { ports } = harness({ topics: { orders: 2 } })
const newContextOf = (ofLimits: GraphQLLimits, payloads: PayloadReader = createPayloadReader()) =>
  createContext({ ports, payloads, limits: ofLimits, passes: new PassQueue() })

/** Reads as the product does while the registry is being asked: every value comes later. */
const lateReader = (): PayloadReader => {
  const reader = createPayloadReader()
  return {
    text: bytes => reader.text(bytes),
    read: async (call, payload, request) => reader.read(call, payload, request),
  }
}

/** What clients get: the JSON of graphql's own execution. */
const expectedOf = async (source: string, event: unknown, ofLimits = limits): Promise<string> => {
  const contextValue = newContextOf(ofLimits)()
  const rootValue = source === SINGLE && event !== null ? nodesOf(event as BatchEvent)[0] : event
  return JSON.stringify(await execute({ schema, document: parse(source), rootValue, contextValue }))
}

describe('the transports', () => {
  let product: Awaited<ReturnType<typeof productServer>>
  beforeAll(async () => {
    product = await productServer()
  })
  afterAll(() => product.server.close())

  const overSocket = async (query: string): Promise<string> => {
    using client = await openSocket(product.server.socketUrl)
    const message = once(client.socket, 'message')
    client.subscribe('1', query)
    const text = String((await message)[0])
    const start = '{"id":"1","type":"next","payload":'
    expect(text.startsWith(start)).toBe(true)
    return text.slice(start.length, -1)
  }

  const overEvents = async (query: string): Promise<string> => {
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' }
    const { text } = await ask(product.server.url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    return /^event: next\ndata: ([^\n]*)$/m.exec(text)?.[1] ?? text
  }

  it.each([
    ['messages', SINGLE],
    ['messageStream', BATCHES],
  ])('deliver the bytes of %s that graphql’s own execution would', async (_, query) => {
    for (const values of fc.sample(fc.array(oddPayload, { minLength: 1, maxLength: 5 }), { numRuns: 40 })) {
      const event = batchWith(...values)
      const expected = await expectedOf(query, event)
      product.streams.play(event, 'end')
      expect(await overSocket(query)).toBe(expected)
      product.streams.play(event, 'end')
      expect(await overEvents(query)).toBe(expected)
    }
  })
})

describe('results of templates', () => {
  const ofOneEvent = buildSchema()
  const current = withOneEvent(ofOneEvent)
  const large = new LargeEvents({ turns: new Turns(), patienceMs: 60_000, toClientResult: result => result })

  const open = async (subscribe: ReturnType<typeof createSubscribe>, query: string, caller = {}, ofLimits = limits) => {
    const contextValue = newContextOf(ofLimits)(caller)
    const results = await subscribe({ schema: ofOneEvent, document: parse(query), contextValue })
    if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
    return results
  }

  const jsonOf = (result: ExecutionResult): string => {
    if (result instanceof LargeResult) return Buffer.concat(result.pieces).toString()
    return result instanceof ReadyResult ? result.text : JSON.stringify(result)
  }

  /** The result of an event, made under these limits. */
  const resultOf = async (event: BatchEvent, query = BATCHES, ofLimits = limits): Promise<ExecutionResult> => {
    current.event = event
    const subscribe = createSubscribe({ sharedResultBytes: 1 << 26, maxQueryFields: 1000 }, large)
    const { value } = await (await open(subscribe, query, {}, ofLimits)).next()
    return value
  }

  it.each([
    ['letters', 'a'.repeat(2_000_000)],
    ['control characters', '\u0001'.repeat(400_000)],
    ['surrogate pairs', '😀'.repeat(200_000)],
  ])('are large for %s, and equal to the ordinary ones', async (_, text) => {
    const event = batchWith(Buffer.from(text), Buffer.from('small'), Buffer.from(text.slice(0, 100_000)))
    const result = await resultOf(event)
    expect(result).toBeInstanceOf(LargeResult)
    if (result instanceof LargeResult)
      expect(Math.max(...result.pieces.map(({ length }) => length))).toBeLessThan(1 << 21)
    expect(jsonOf(result) === (await expectedOf(BATCHES, event))).toBe(true)
    if (result instanceof LargeResult) result.drop()
  })

  it('have the errors of payloads that do not fit, with the rest of the event', async () => {
    const query =
      'subscription { messageStream(input: { topics: ["orders"] }) { ... on MessageBatch { messages { value { string } } } } }'
    const few = { ...limits, answer: { ...limits.answer, maxBytes: 100_000 } }
    const event = batchWith(Buffer.alloc(60_000, 'x'), Buffer.alloc(60_000, 'y'), Buffer.from('z'))
    const result = JSON.parse(jsonOf(await resultOf(event, query, few)))
    expect(result).toEqual(JSON.parse(await expectedOf(query, event, few)))
    expect(result.errors).toMatchObject([{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }])
  })

  it('wait for payloads whose schema comes late, and count their bytes once', async () => {
    const query =
      'subscription { messageStream(input: { topics: ["orders"] }) { ... on MessageBatch { messages { value { auto json decodeError format } } } } }'
    const value = Buffer.from(JSON.stringify('x'.repeat(40_000)))
    const exactly = { ...limits, answer: { ...limits.answer, maxBytes: 2 * value.length } }
    const event = batchWith(value)
    current.event = event
    const subscribe = createSubscribe({ sharedResultBytes: 1 << 26, maxQueryFields: 1000 })
    const contextValue = newContextOf(exactly, lateReader())()
    const results = await subscribe({ schema: ofOneEvent, document: parse(query), contextValue })
    if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
    const { value: result } = await results.next()
    expect(JSON.parse(jsonOf(result))).toEqual(JSON.parse(await expectedOf(query, event, exactly)))
    expect(result.errors).toBe(undefined)
  })

  it('are one for all with the same visibility, and never cross to another', async () => {
    current.event = batchWith(Buffer.from('one'))
    const subscribe = createSubscribe({ sharedResultBytes: 1 << 26, maxQueryFields: 1000 }, large)
    const streams = []
    for (const visibility of ['masked', 'whole', 'masked', 'whole'])
      streams.push(await open(subscribe, BATCHES, { principal: { name: 'User:a', visibility } }))
    const results = await Promise.all(streams.map(async stream => (await stream.next()).value))
    expect(results[0]).toBeInstanceOf(ReadyResult)
    expect(results[0]).toBe(results[2])
    expect(results[1]).toBe(results[3])
    expect(results[0]).not.toBe(results[1])
  })
})
