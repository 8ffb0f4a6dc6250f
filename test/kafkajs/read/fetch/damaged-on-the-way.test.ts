import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { LogFaultError } from '../../../../src/kafka/ports/log-source.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import type { KafkaAdapter } from '../../../../src/kafkajs/create-kafka.ts'
import { ByteWriter } from '../../../../src/kafkajs/wire/byte-writer.ts'
import { eventually } from '../../../support/eventually.ts'
import { openKafka } from '../../open-kafka.ts'
import { batchOf } from '../../records/batches.ts'
import {
  type Answer,
  metadataAnswer,
  type ScriptedBroker,
  scriptedPartition,
  startScriptedBroker,
} from '../../transport/scripted-broker.ts'
import { follower } from './open-source.ts'

const [FETCH, METADATA] = [1, 3]
const log = { topic: toTopicName('t'), topicId: '00000000-0000-0000-0000-00000000000a', partition: 0 }

let broker: ScriptedBroker
let kafka: KafkaAdapter
/** The next responses to Fetch; empty ones once they are used up. */
let answers: Answer[] = []

const metadata = (): Buffer => {
  const { topic: name, topicId } = log
  const about = { errorCode: 0, name, topicId, isInternal: false, authorizedOperations: 0 }
  const { host, port } = broker
  return metadataAnswer({
    brokers: [{ nodeId: 1, host, port }],
    topics: [{ ...about, partitions: [scriptedPartition(0, 1)] }],
  })
}

const fetched = (...batches: readonly Buffer[]): Buffer => {
  const records = Buffer.concat(batches)
  const writer = new ByteWriter().int32(0).int16(0).int32(0)
  writer.compactArray([records], () => {
    writer.uuid(log.topicId)
    writer.compactArray([records], () => {
      writer.int32(0).int16(0).int64(2n).int64(2n).int64(0n)
      writer.compactArray([], () => {}).int32(-1)
      writer
        .uvarint(records.length + 1)
        .raw(records)
        .noTags()
    })
    writer.noTags()
  })
  return writer.noTags().toBuffer()
}

/** The batch with its last byte changed, so that its checksum fails. */
const damaged = (batch: Buffer): Buffer => {
  const copy = Buffer.from(batch)
  copy.writeUInt8((copy.at(-1) ?? 0) ^ 1, copy.length - 1)
  return copy
}

beforeAll(async () => {
  broker = await startScriptedBroker({ [METADATA]: metadata, [FETCH]: () => answers.shift() ?? 'silence' })
  kafka = openKafka(broker.address)
})
afterAll(async () => {
  await kafka?.[Symbol.asyncDispose]()
  await broker?.[Symbol.asyncDispose]()
})

describe('a batch that fails its checksum', () => {
  it('is fetched again and delivered if it was damaged in transit', async () => {
    const [one, two] = [await batchOf(0, ['a']), await batchOf(1, ['b'])]
    answers = [fetched(one, damaged(two)), fetched(two)]
    const told = follower()
    using _ = kafka.source.follow(log, 'READ_COMMITTED', toOffset(0), told)
    await eventually(() => expect(told.messages.map(({ value }) => String(value))).toEqual(['a', 'b']))
    expect(told.faults).toEqual([])
  })

  it('twice is damaged on disk: its follower gets a fault', async () => {
    const [one, two] = [await batchOf(0, ['a']), await batchOf(1, ['b'])]
    answers = [fetched(one, damaged(two)), fetched(damaged(two))]
    const told = follower()
    using _ = kafka.source.follow(log, 'READ_COMMITTED', toOffset(0), told)
    await eventually(() =>
      expect(told.faults).toMatchObject([{ kind: 'undecodable', error: { code: 'CORRUPT_MESSAGE' } }]),
    )
    expect(told.messages.map(({ value }) => String(value))).toEqual(['a'])
  })

  it('is retried by a single read, which fails if it is damaged twice', async () => {
    const batch = await batchOf(0, ['a'])
    const bounds = { log, isolationLevel: 'READ_COMMITTED', offset: toOffset(0), maxBytes: 1000, maxWaitMs: 0 } as const
    const signal = AbortSignal.timeout(10_000)
    answers = [fetched(damaged(batch)), fetched(batch)]
    const { messages } = await kafka.source.read(bounds, signal)
    expect(messages.map(({ value }) => String(value))).toEqual(['a'])
    answers = [fetched(damaged(batch)), fetched(damaged(batch))]
    await expect(kafka.source.read(bounds, signal)).rejects.toThrow(LogFaultError)
  })
})
