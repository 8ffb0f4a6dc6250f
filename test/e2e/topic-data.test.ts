import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DeleteRecordsDocument, type MessagePosition, TruncateTopicDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { getOffsets } from '../support/console-tools.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { tempDir } from '../support/temp-dir.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const start = Date.now() - 3_600_000

/** A topic of three partitions: ten messages a second apart in the first, three out of order in the second, none in the third. */
const filled = async (): Promise<string> => {
  const topic = await app.freshTopic({ numPartitions: 3 })
  const message = (partition: number, seconds: number) => ({
    partition,
    value: { string: String(seconds) },
    timestamp: new Date(start + 1000 * seconds).toISOString(),
  })
  const first = Array.from({ length: 10 }, (_, second) => message(0, second))
  // One batch each: within a batch, Kafka tells a time at the batch's cost.
  for (const one of [...first, message(1, 5), message(1, 30), message(1, 10)]) {
    await app.produce({ topic, messages: [one] })
  }
  return topic
}

interface Found {
  readonly partition: number
  readonly offset: string
  readonly timestamp: string | null
}

interface Offsets {
  readonly topic: {
    readonly offsetsForTimestamp: readonly Found[]
    readonly partitions: readonly {
      readonly partition: number
      readonly earliestOffset: string
      readonly latestOffset: string
      readonly maxTimestampOffset: Found | null
      readonly offsetForTimestamp: Found | null
    }[]
  }
}

const offsetsDocument = `query ($topic: String!, $at: DateTime!) { topic(name: $topic) {
  offsetsForTimestamp(timestamp: $at) { partition offset timestamp }
  partitions {
    partition earliestOffset latestOffset
    maxTimestampOffset { partition offset timestamp leaderEpoch }
    offsetForTimestamp(timestamp: $at) { partition offset timestamp }
  }
} }`

const offsetsOf = async (topic: string, at = start) =>
  (await app.dataOf<Offsets>(offsetsDocument, { topic, at: new Date(at).toISOString() })).topic

const startsOf = async (topic: string) =>
  (await offsetsOf(topic)).partitions.map(({ earliestOffset }) => Number(earliestOffset))

const asMap = (found: readonly (Found | null)[]) =>
  new Map(found.flatMap(one => (one ? [[one.partition, BigInt(one.offset)] as const] : [])))

describe('offsets are those that kafka-get-offsets tells', () => {
  test('at both ends, at the greatest timestamp and at a time', async () => {
    const topic = await filled()
    const { partitions, offsetsForTimestamp } = await offsetsOf(topic, start + 4500)
    const byPartition = (pick: (one: (typeof partitions)[number]) => string) =>
      new Map(partitions.map(one => [one.partition, BigInt(pick(one))]))
    const tools = await Promise.all([
      getOffsets(app.kafka, topic, 'earliest'),
      getOffsets(app.kafka, topic, 'latest'),
      getOffsets(app.kafka, topic, 'max-timestamp'),
      getOffsets(app.kafka, topic, start + 4500),
    ])
    const [earliest, latest, maxTimestamp, atTime] = tools
    expect(byPartition(one => one.earliestOffset)).toEqual(earliest)
    expect(byPartition(one => one.latestOffset)).toEqual(latest)
    expect(asMap(partitions.map(one => one.maxTimestampOffset))).toEqual(maxTimestamp)
    expect(asMap(partitions.map(one => one.offsetForTimestamp))).toEqual(atTime)
    expect(asMap(offsetsForTimestamp)).toEqual(atTime)
    expect(maxTimestamp).toEqual(
      new Map([
        [0, 9n],
        [1, 1n],
      ]),
    )
    expect(partitions[1]?.maxTimestampOffset).toMatchObject({
      timestamp: new Date(start + 30_000).toISOString(),
      leaderEpoch: 0,
    })
    expect((await offsetsOf(topic, Date.now() + 60_000)).offsetsForTimestamp).toEqual([])
  })
})

describe('deleteRecords', () => {
  test('deletes as kafka-delete-records does, and each sees what the other has deleted', async () => {
    const topic = await filled()
    const { deleteRecords } = await app.dataOf(DeleteRecordsDocument, {
      topic,
      before: [{ partition: 1, beforeOffset: '2' }, { partition: 0, beforeOffset: 4 }, { partition: 2 }],
    })
    expect(deleteRecords).toEqual({
      errors: [],
      lowWatermarks: [
        { partition: 1, offset: '2' },
        { partition: 0, offset: '4' },
        { partition: 2, offset: '0' },
      ],
    })
    expect(await getOffsets(app.kafka, topic, 'earliest')).toEqual(
      new Map([
        [0, 4n],
        [1, 2n],
        [2, 0n],
      ]),
    )
    await using dir = await tempDir()
    const file = join(dir.path, 'offsets.json')
    await writeFile(file, JSON.stringify({ partitions: [{ topic, partition: 0, offset: 7 }], version: 1 }))
    const args = ['--offset-json-file', file]
    const printed = await kafkaToolOutput(app.kafka, 'org.apache.kafka.tools.DeleteRecordsCommand', args)
    expect(printed).toContain('low_watermark: 7')
    expect(await startsOf(topic)).toEqual([7, 2, 0])
  })

  test('keeps partial success, and names the range that there is', async () => {
    const topic = await filled()
    const { deleteRecords } = await app.dataOf(DeleteRecordsDocument, {
      topic,
      before: [
        { partition: 0, beforeOffset: '11' },
        { partition: 1, beforeOffset: '1' },
        { partition: 9, beforeOffset: '0' },
        { partition: 2, beforeOffset: '-1' },
      ],
    })
    expect(deleteRecords.lowWatermarks).toEqual([{ partition: 1, offset: '1' }])
    expect(deleteRecords.errors.map(({ code, path }) => ({ code, path }))).toEqual([
      { code: 'OFFSET_OUT_OF_RANGE', path: ['before', '0'] },
      { code: 'UNKNOWN_TOPIC_OR_PARTITION', path: ['before', '2'] },
      { code: 'OFFSET_OUT_OF_RANGE', path: ['before', '3'] },
    ])
    expect(deleteRecords.errors[0]?.message).toContain('from 0 up to, not including, 10')
    expect(await startsOf(topic)).toEqual([0, 1, 0])
  })
})

describe('truncateTopic', () => {
  const truncate = async (topic: string, keep: MessagePosition | null = null) =>
    (await app.dataOf(TruncateTopicDocument, { topic, keep })).truncateTopic

  test('keeps the newest messages: a number of them, those since a moment, those from an offset on, or none', async () => {
    const topic = await filled()
    expect((await truncate(topic, { earliest: true })).errors).toEqual([])
    expect(await startsOf(topic)).toEqual([0, 0, 0])
    expect((await truncate(topic, { lastPerPartition: 8 })).errors).toEqual([])
    expect(await startsOf(topic)).toEqual([2, 0, 0])
    expect((await truncate(topic, { offsets: [{ partition: 0, offset: '3' }] })).errors).toEqual([])
    expect(await startsOf(topic)).toEqual([3, 0, 0])
    expect((await truncate(topic, { timestamp: new Date(start + 4500).toISOString() })).errors).toEqual([])
    expect(await startsOf(topic)).toEqual([5, 0, 0])
    // No message is that young: all go.
    expect((await truncate(topic, { ago: 'PT1S' })).errors).toEqual([])
    expect(await startsOf(topic)).toEqual([10, 3, 0])
    await app.produce({ topic, messages: [{ partition: 0, value: { string: 'new' } }] })
    expect((await truncate(topic)).lowWatermarks).toEqual([
      { partition: 0, offset: '11' },
      { partition: 1, offset: '3' },
      { partition: 2, offset: '0' },
    ])
  })

  test('is refused for a topic that is not there, or is only compacted', async () => {
    const compacted = await app.freshTopic({ configs: [{ name: 'cleanup.policy', value: 'compact' }] })
    expect((await truncate(compacted)).errors.map(({ code }) => code)).toEqual(['POLICY_VIOLATION'])
    expect((await truncate('no-such-topic')).errors.map(({ code }) => code)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
    expect((await truncate('no/topic')).errors.map(({ code }) => code)).toEqual(['INVALID_TOPIC_EXCEPTION'])
  })
})
