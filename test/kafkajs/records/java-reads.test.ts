import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeBatch } from '../../../src/kafkajs/records/encode/encode-batch.ts'
import type { BatchMessage } from '../../../src/kafkajs/records/parts/batch-message.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'
import { TYPES } from './batches.ts'
import { type JavaFile, javaBatches } from './java-batches.ts'

const TIME = 1_700_000_000_000
const bytes = (text: string): Buffer => Buffer.from(text)
const message = (key: Buffer | null, value: Buffer | null, timestamp = TIME): BatchMessage => ({
  key,
  value,
  headers: [],
  timestamp,
})

const SETS: Readonly<Record<string, readonly BatchMessage[]>> = {
  one: [message(bytes('k'), bytes('v'))],
  odd: [
    message(null, bytes('no key')),
    message(bytes('tombstone'), null, TIME - 5),
    message(null, null, 0),
    message(Buffer.alloc(0), Buffer.alloc(0), TIME + 86_400_000 * 36_500),
    message(Buffer.from([0xff, 0xfe, 0]), Buffer.from([0x80, 0xc3])),
  ],
  timeless: [message(null, bytes('a'), -1), message(null, bytes('b'), -1)],
  headers: [
    {
      ...message(bytes('k'), bytes('v')),
      headers: [
        { key: 'a', value: bytes('1') },
        { key: 'a', value: bytes('2') },
        { key: '', value: bytes('') },
        { key: 'null', value: null },
        { key: 'Grüße 😀', value: Buffer.from([0xff]) },
      ],
    },
  ],
  large: [message(bytes('same'), Buffer.alloc(900_000, 'x')), message(null, bytes('lorem ipsum '.repeat(30_000)))],
  many: Array.from({ length: 2_000 }, (_, i) =>
    message(bytes(`key ${i}`), bytes(`value ${i}`.repeat(i % 40)), TIME + i),
  ),
}

let dir: TempDir
let files: ReadonlyMap<string, JavaFile>

beforeAll(async () => {
  dir = await tempDir()
  for (const compressionType of TYPES) {
    for (const [name, messages] of Object.entries(SETS)) {
      const batch = await encodeBatch(messages, { compressionType, producer: null })
      await writeFile(join(dir.path, `${compressionType}-${name}.bin`), batch)
    }
  }
  const producer = { producerId: 4711n, producerEpoch: 3, baseSequence: 17 }
  const idempotent = await encodeBatch(SETS.odd ?? [], { compressionType: 'NONE', producer })
  await writeFile(join(dir.path, 'idempotent.bin'), idempotent)
  const transactional = await encodeBatch(SETS.odd ?? [], { compressionType: 'LZ4', producer, isTransactional: true })
  await writeFile(join(dir.path, 'transactional.bin'), transactional)
  files = await javaBatches('read', dir.path)
})
afterAll(() => dir?.[Symbol.asyncDispose]())

describe('a batch that we wrote', () => {
  const cases = TYPES.flatMap(type => Object.keys(SETS).map(name => [type, name] as const))

  it.each(cases)('is valid for Kafka and complete: %s, %s', (type, name) => {
    const messages = SETS[name] ?? []
    const found = files.get(`${type}-${name}`)?.batches ?? []
    expect(found).toHaveLength(1)
    const [batch] = found
    expect(batch).toMatchObject({
      magic: 2,
      baseOffset: 0,
      lastOffset: messages.length - 1,
      count: messages.length,
      compressionType: type,
      timestampType: 'CREATE_TIME',
      maxTimestamp: Math.max(...messages.map(({ timestamp }) => timestamp)),
      isTransactional: false,
      isControlBatch: false,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
    })
    const expected = messages
      .slice(0, 400)
      .map((put, offset) => [
        offset,
        put.timestamp,
        put.key?.toString('base64') ?? null,
        put.value?.toString('base64') ?? null,
        put.headers.map(({ key, value }) => [bytes(key).toString('base64'), value?.toString('base64') ?? null]),
      ])
    expect(batch?.records).toEqual(expected)
  })

  it('contains its producer and sequence', () => {
    const producer = { producerId: 4711, producerEpoch: 3, baseSequence: 17 }
    expect(files.get('idempotent')?.batches).toMatchObject([{ ...producer, isTransactional: false }])
    expect(files.get('transactional')?.batches).toMatchObject([{ ...producer, isTransactional: true }])
  })
})
