import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredMessage } from '../../../src/kafka/message.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'
import { decode, startsOf, TYPES, told } from './batches.ts'
import { type JavaFile, type JavaRecord, javaBatches } from './java-batches.ts'

const KINDS = 'plain odd headers transactional appendTime noTimestamp gaps horizon large tiny'.split(' ')

let dir: TempDir
let files: ReadonlyMap<string, JavaFile>

beforeAll(async () => {
  dir = await tempDir()
  files = await javaBatches('write', dir.path)
})
afterAll(() => dir?.[Symbol.asyncDispose]())

const file = (name: string): JavaFile => {
  const found = files.get(name)
  if (!found) throw new Error(`Java wrote no ${name}`)
  return found
}

/** A message in the format in which RecordBatches.java prints records. */
const lineOf = ({ offset, timestamp, key, value, headers }: StoredMessage): JavaRecord => [
  Number(offset),
  Number(timestamp),
  key?.toString('base64') ?? null,
  value?.toString('base64') ?? null,
  headers.map(header => [Buffer.from(header.key).toString('base64'), header.value?.toString('base64') ?? null]),
]

const digestOf = (messages: readonly StoredMessage[]): string => {
  const hash = createHash('sha256')
  for (const message of messages) hash.update(`${JSON.stringify(lineOf(message))}\n`)
  return hash.digest('base64')
}

describe('a batch that Kafka wrote', () => {
  const cases = TYPES.flatMap(type => KINDS.map(kind => [type, kind] as const))

  it.each(cases)('is read like Kafka reads it: %s, %s', async (type, kind) => {
    const { bytes, batches } = file(`${type.toLowerCase()}-${kind}`)
    const [java] = batches
    const { messages, next, fault, leaderEpoch } = await decode(bytes)
    expect(fault).toBeUndefined()
    expect(batches).toHaveLength(1)
    expect(messages.slice(0, 400).map(lineOf)).toEqual(java?.records)
    expect(digestOf(messages)).toBe(java?.digest)
    expect(next).toBe(BigInt((java?.lastOffset ?? 0) + 1))
    expect(leaderEpoch).toBe(6)
    expect(messages[0]?.batch).toEqual({
      leaderEpoch: java?.leaderEpoch,
      timestampType: java?.timestampType === 'LOG_APPEND_TIME' ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
      compressionType: java?.compressionType,
      isTransactional: java?.isTransactional,
      producerId: BigInt(java?.producerId ?? 0),
    })
  })

  it('gives all messages its append time under LOG_APPEND_TIME', async () => {
    const { messages } = await decode(file('gzip-appendTime').bytes)
    expect(new Set(messages.map(({ timestamp }) => timestamp))).toEqual(new Set([1_700_000_000_005]))
  })

  it('advances the position even if compaction emptied it', async () => {
    const { bytes } = file('emptied')
    const whole = await decode(bytes, { from: toOffset(1000) })
    expect(told(whole)).toEqual(['1000:before', '1041:after'])
    const [, emptied, after] = startsOf(bytes)
    expect(await decode(bytes.subarray(0, after), { from: toOffset(1000) })).toMatchObject({ next: 1041n })
    const alone = await decode(bytes.subarray(emptied, after), { from: toOffset(1020) })
    expect(alone).toMatchObject({ messages: [], next: 1041n })
  })

  it('may follow messages of formats v0 and v1', async () => {
    const { bytes, batches } = file('legacy')
    const decoded = await decode(bytes, { from: toOffset(10) })
    expect(decoded.fault).toBeUndefined()
    expect(told(decoded)).toEqual(['10:v', '11:a', '12:b', '13:new'])
    expect(decoded.messages.map(lineOf)).toEqual(batches.flatMap(({ records }) => records))
    expect(decoded.next).toBe(14n)
  })
})

describe('messages of formats v0 and v1 that Kafka wrote', () => {
  const formats = ['v0', 'v1', 'v1append']
  const cases = formats.flatMap(format => ['none', 'gzip', 'snappy', 'lz4'].map(codec => [format, codec] as const))

  it.each(cases)('are read like Kafka reads them: %s, %s', async (format, codec) => {
    const { bytes, batches } = file(`${format}-${codec}`)
    const decoded = await decode(bytes, { from: toOffset(1000) })
    expect(decoded.fault).toBeUndefined()
    expect(decoded.messages.map(lineOf)).toEqual(batches.flatMap(({ records }) => records))
    expect(decoded.messages).toHaveLength(303)
    expect(decoded).toMatchObject({ next: 1303n, leaderEpoch: -1 })
    expect(decoded.messages[0]?.batch).toEqual({
      leaderEpoch: -1,
      timestampType: batches[0]?.timestampType,
      compressionType: codec.toUpperCase(),
      isTransactional: false,
      producerId: -1n,
    })
  })

  it.each(cases)('are read from any offset: %s, %s', async (format, codec) => {
    const decoded = await decode(file(`${format}-${codec}`).bytes, { from: toOffset(1297) })
    expect(decoded.messages.map(({ offset }) => offset)).toEqual([1297n, 1298n, 1299n, 1300n, 1301n, 1302n])
    expect(told(decoded).slice(3)).toEqual(['1300:no key', '1301:null', '1302:'])
  })
})

describe('transactions that Kafka wrote', () => {
  const abortedTransactions = [
    { producerId: 2n, firstOffset: 8n },
    { producerId: 1n, firstOffset: 0n },
  ]

  it('hide only aborted messages under READ_COMMITTED', async () => {
    const decoded = await decode(file('transactions').bytes, { abortedTransactions })
    expect(told(decoded)).toEqual(['1:2 committed', '2:plain', '5:1 committed', '10:last'])
    expect(decoded.next).toBe(11n)
  })

  it('hide them from the middle of a transaction, too', async () => {
    const { bytes } = file('transactions')
    const fourth = startsOf(bytes)[3]
    const decoded = await decode(bytes.subarray(fourth), { abortedTransactions, from: toOffset(3) })
    expect(told(decoded)).toEqual(['5:1 committed', '10:last'])
  })

  it('hide only control records under READ_UNCOMMITTED', async () => {
    const decoded = await decode(file('transactions').bytes, {
      abortedTransactions,
      isolationLevel: 'READ_UNCOMMITTED',
    })
    expect(decoded.messages.map(({ offset }) => offset)).toEqual([0n, 1n, 2n, 3n, 5n, 8n, 10n])
    expect(decoded.next).toBe(11n)
  })

  it('move the position past a control record at the end', async () => {
    const { bytes } = file('transactions')
    const upToAbort = bytes.subarray(0, startsOf(bytes).at(-1))
    expect(await decode(upToAbort, { abortedTransactions, from: toOffset(8) })).toMatchObject({
      messages: [],
      next: 10n,
    })
  })
})
