import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredMessage } from '../../../src/kafka/message.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import { harness } from '../harness.ts'
import { batchOf, storedMessage } from './scripted-streams.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

const read = async <Seen>(about: Partial<StoredMessage>, fields: string): Promise<Seen> => {
  const { listen, streams } = harness()
  streams.play(batchOf('orders', [storedMessage(about)]))
  const { events } = await listen<{ messages: Seen }>(`subscription { messages(topic: "orders") { ${fields} } }`)
  const { answer } = (await events?.next()) ?? {}
  if (!answer) throw new Error('no message came')
  expect(answer.errors).toEqual([])
  return answer.data.messages
}

interface Payload {
  readonly string: string | null
  readonly json: unknown
  readonly base64: string
  readonly hex: string
  readonly size: number
  readonly format: string
}

const payload = async (value: Buffer): Promise<Payload> =>
  (await read<{ value: Payload }>({ value }, 'value { string json base64 hex size format }')).value

describe('a message', () => {
  it('shows 64-bit values above 2^53 exactly, as strings', async () => {
    const batch = { ...storedMessage().batch, producerId: 2n ** 63n - 1n }
    const seen = await read({ offset: toOffset(2n ** 53n + 1n), batch }, 'offset producerId timestampMs')
    expect(seen).toEqual({
      offset: '9007199254740993',
      producerId: '9223372036854775807',
      timestampMs: '1738315800000',
    })
  })

  it('shows all that is known about it', async () => {
    const batch = {
      leaderEpoch: 4,
      timestampType: 'LOG_APPEND_TIME',
      compressionType: 'ZSTD',
      isTransactional: true,
      producerId: 7n,
    } as const
    const fields =
      'topic { name } partition leaderEpoch timestamp timestampMs timestampType compressionType isTransactional producerId serializedSize isTombstone cursor'
    expect(await read({ batch, partition: 2, serializedSize: 12 }, fields)).toEqual({
      topic: { name: 'orders' },
      partition: 2,
      leaderEpoch: 4,
      timestamp: '2025-01-31T09:30:00.000Z',
      timestampMs: '1738315800000',
      timestampType: 'LOG_APPEND_TIME',
      compressionType: 'ZSTD',
      isTransactional: true,
      producerId: '7',
      serializedSize: 12,
      isTombstone: true,
      cursor: 'orders@2:0',
    })
  })

  it.each([-1, 253_402_300_800_000, 2 ** 60])(
    'with a timestamp that no calendar shows (%s) has none, and its number',
    async timestamp => {
      expect(await read({ timestamp }, 'timestamp timestampMs')).toEqual({
        timestamp: null,
        timestampMs: String(BigInt(timestamp)),
      })
    },
  )

  it('without a leader epoch or a producer id says null', async () => {
    const batch = { ...storedMessage().batch, leaderEpoch: -1 }
    expect(await read({ batch }, 'leaderEpoch producerId')).toEqual({ leaderEpoch: null, producerId: null })
  })

  it('keeps headers in order, duplicates and empty ones included', async () => {
    const headers = [
      { key: 'h', value: Buffer.from('1') },
      { key: 'other', value: null },
      { key: 'h', value: Buffer.from([0xff]) },
      { key: '', value: Buffer.alloc(0) },
    ]
    const fields =
      'all: headers { key value { string base64 } } some: headers(keys: ["h"]) { value { base64 } } header(key: "h") { base64 } none: header(key: "x") { base64 }'
    expect(await read({ headers }, fields)).toEqual({
      all: [
        { key: 'h', value: { string: '1', base64: 'MQ==' } },
        { key: 'other', value: null },
        { key: 'h', value: { string: null, base64: '/w==' } },
        { key: '', value: { string: '', base64: '' } },
      ],
      some: [{ value: { base64: 'MQ==' } }, { value: { base64: '/w==' } }],
      header: { base64: '/w==' },
      none: null,
    })
  })
})

describe('a payload', () => {
  it.each([
    [Buffer.from([0xff, 0xfe]), 'a byte that no UTF-8 has'],
    [Buffer.from([0xc0, 0x80]), 'an overlong form'],
    [Buffer.from([0xed, 0xa0, 0x80]), 'a surrogate'],
    [Buffer.from('ü').subarray(0, 1), 'half a character'],
  ])('that is not UTF-8 has no string, and exact base64: %s', async bytes => {
    expect(await payload(bytes)).toMatchObject({
      string: null,
      json: null,
      base64: bytes.toString('base64'),
      hex: bytes.toString('hex'),
      size: bytes.length,
      format: 'BYTES',
    })
  })

  it.each([
    ['{"a":[1,2,{"b":null}]}', { a: [1, 2, { b: null }] }],
    ['"text"', 'text'],
    ['-0.5e3', -500],
    [' [true] ', [true]],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740993', '9007199254740993'],
    ['-12345678901234567890', '-12345678901234567890'],
    [
      '{"id":9007199254740993,"text":"9007199254740993 \\" 1e999","list":[1e999,2]}',
      { id: '9007199254740993', text: '9007199254740993 " 1e999', list: ['1e999', 2] },
    ],
    ['{"9007199254740993":1,"\\\\":12345678901234567}', { '9007199254740993': 1, '\\': '12345678901234567' }],
  ])('of JSON %s keeps every value', async (text, value) => {
    expect(await payload(Buffer.from(text))).toMatchObject({ string: text, json: value, format: 'JSON' })
  })

  it.each(['', 'plain', '{', '{"a":}', '01', 'nul', '\ufeff{}', 'NaN', "{'a':1}"])(
    'of %j is a string and no JSON',
    async text => {
      expect(await payload(Buffer.from(text))).toMatchObject({ string: text, json: null, format: 'STRING' })
    },
  )

  it('of JSON’s own null is null', async () => {
    expect(await payload(Buffer.from('null'))).toMatchObject({ string: 'null', json: null, format: 'JSON' })
  })

  it('nested too deeply for an answer is a string only', async () => {
    const deep = (levels: number) => Buffer.from('['.repeat(levels) + ']'.repeat(levels))
    expect(await payload(deep(100_000))).toMatchObject({ json: null, format: 'STRING' })
    expect(await payload(deep(501))).toMatchObject({ json: null })
    expect((await payload(deep(500))).json).not.toBeNull()
    const brackets = Buffer.from(JSON.stringify(['['.repeat(2000)]))
    expect((await payload(brackets)).json).toEqual(['['.repeat(2000)])
  })

  it(`of any JSON with exact numbers comes back as it was (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async value => {
        const isExact = (text: string) => !/\d{16}|\de/i.test(text)
        const text = JSON.stringify(value)
        fc.pre(isExact(text))
        expect((await payload(Buffer.from(text))).json).toEqual(JSON.parse(text))
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it(`of any bytes is exact in base64, and a string only when that is exact, too (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 12 }), async array => {
        const bytes = Buffer.from(array)
        const { base64, string } = await payload(bytes)
        expect(Buffer.from(base64, 'base64')).toEqual(bytes)
        if (string !== null) expect(Buffer.from(string)).toEqual(bytes)
        else expect(Buffer.from(bytes.toString('utf8'))).not.toEqual(bytes)
      }),
      { seed: SEED, numRuns: 300 },
    )
  })
})
