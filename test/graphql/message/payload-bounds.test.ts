import { describe, expect, it } from 'vitest'
import type { BatchLimits } from '../../../src/kafka/ports/message-streams.ts'
import { codes, harness, limits } from '../harness.ts'
import { batchOf, storedMessage } from './scripted-streams.ts'

const aliases = (count: number, field: string): string =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ')

/** The limits with which a selection of messages is read when the client asks for the largest batches. */
const limitsFor = async (selection: string): Promise<BatchLimits | undefined> => {
  const { listen, streams } = harness()
  await listen(`subscription {
    messageStream(input: { topics: ["orders"], batch: { maxMessages: 10000, maxBytes: 4194304 } }) {
      ... on MessageBatch { messages { ${selection} } }
    }
  }`)
  return streams.requests[0]?.limits
}

describe('batches', () => {
  it('have at most 12,500 values, and as many bytes as asked for with an ordinary selection', async () => {
    expect(await limitsFor('partition offset key { string } value { string }')).toMatchObject({
      maxMessages: 1785,
      maxBytes: 4_194_304,
    })
    expect(await limitsFor('offset value { string }')).toMatchObject({ maxMessages: 3125, maxBytes: 4_194_304 })
  })

  it.each([
    ['many fields', aliases(190, 'offset'), { maxMessages: 65, maxBytes: 4_194_304 }],
    ['long names', `${'x'.repeat(250)}0: offset ${'x'.repeat(250)}1: offset`, { maxMessages: 4112 }],
    ['one payload in many forms', `value { ${aliases(20, 'json')} }`, { maxBytes: 52_428 }],
    ['one payload under many names', aliases(10, 'value { json }'), { maxBytes: 104_857 }],
    ['headers by two ways', 'headers { value { json } } header(key: "a") { json }', { maxBytes: 524_288 }],
    ['several payloads, whose bytes differ', 'key { json } value { json }', { maxBytes: 1_048_576 }],
  ])('are smaller where %s are made of each message', async (_, selection, expected) => {
    expect(await limitsFor(selection)).toMatchObject(expected)
  })
})

const MIB = 1_048_576

const few = { ...limits, answer: { ...limits.answer, maxBytes: 1_000_000 } }

/** Delivers one message under small limits. */
const deliver = async (value: Buffer, selection: string) => {
  const { listen, streams } = harness({}, few)
  streams.play(batchOf('orders', [storedMessage({ value })]))
  const { events } = await listen<{ messages: { offset: string; value: Record<string, unknown> | null } }>(
    `subscription { messages(topic: "orders") { offset value { ${selection} } } }`,
  )
  const { answer } = (await events?.next()) ?? {}
  if (!answer) throw new Error('no message came')
  return answer
}

describe('the payloads of an event', () => {
  const text = Buffer.alloc(400_000, 'x')

  it('are whole while they fit', async () => {
    const answer = await deliver(text, 'string base64')
    expect(answer.errors).toEqual([])
    expect(answer.data.messages.value?.string).toHaveLength(400_000)
  })

  it('beyond the bytes of an event are an error in their own field, and the rest of the event is whole', async () => {
    const answer = await deliver(text, 'size string a: string b: string')
    expect(codes(answer)).toEqual(['PAYLOAD_TOO_LARGE'])
    expect(answer.errors[0]).toMatchObject({ path: ['messages', 'value', 'b'] })
    expect(answer.errors[0]?.message).toContain('Select fewer forms and aliases')
    expect(answer.data.messages.value).toMatchObject({ size: 400_000, b: null })
  })

  it('may have one large rendering, and 8 MiB of others', async () => {
    const { listen, streams } = harness()
    streams.play(batchOf('orders', [storedMessage({ key: Buffer.from('k'), value: Buffer.alloc(12 * MIB, 'x') })]))
    const { events } = await listen<{ messages: { value: Record<string, string | null> } }>(
      'subscription { messages(topic: "orders") { key { string } value { string again: string } } }',
    )
    const { answer } = (await events?.next()) ?? {}
    expect(answer?.data.messages.value).toMatchObject({ string: expect.stringMatching(/^x+$/) })
    expect(answer && codes(answer)).toEqual(['PAYLOAD_TOO_LARGE'])
  })

  it.each([
    ['control characters', Buffer.alloc(200_000)],
    ['quotes', Buffer.alloc(600_000, '"')],
  ])('count as they are written: %s take more bytes in JSON', async (_, value) => {
    const answer = await deliver(value, 'string')
    expect(codes(answer)).toEqual(['PAYLOAD_TOO_LARGE'])
  })

  it('count the reasons why they are not decoded', async () => {
    const tight = { ...limits, answer: { ...limits.answer, maxBytes: 100 } }
    const { listen, streams } = harness({}, tight)
    streams.play(batchOf('orders', [storedMessage({ value: Buffer.from([0xff]) })]))
    const { events } = await listen(
      `subscription { messages(topic: "orders") { value { ${aliases(10, 'decodeError')} } } }`,
    )
    const { answer } = (await events?.next()) ?? {}
    expect(answer && codes(answer)).toEqual(Array.from({ length: 8 }, () => 'PAYLOAD_TOO_LARGE'))
  })

  it('that are parsed once are the same wherever they are selected', async () => {
    const value = Buffer.from(JSON.stringify({ a: 'x'.repeat(4000), n: 1 }))
    const { value: seen } = (await deliver(value, 'json a: json string format b: format size')).data.messages
    expect(seen?.json).toEqual(JSON.parse(value.toString()))
    expect(seen?.a).toEqual(seen?.json)
    expect(seen).toMatchObject({ format: 'JSON', b: 'JSON', string: value.toString(), size: value.length })
  })
})
