import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFailure } from '../../src/kafka/errors/kafka-error.ts'
import { toOffset } from '../../src/kafka/offset.ts'
import { type TopicName, toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { freshTopicName } from '../support/kafka.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const upTo = (partition: number, offset: number | null) => ({
  partition,
  before: offset === null ? null : toOffset(offset),
})

describe.each(implementations)('deleting records of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  /** A topic with ten messages in each partition. */
  const filled = async (numPartitions: number, cleanupPolicy = 'delete'): Promise<TopicName> => {
    const configs = [{ name: 'cleanup.policy', value: cleanupPolicy }]
    const name = toTopicName(freshTopicName())
    await ports.topicAdmin.createTopics(testCall, [
      { name, numPartitions, replicationFactor: 1, replicaAssignments: null, configs },
    ])
    for (let partition = 0; partition < numPartitions; partition++) {
      const timestamp = Date.now()
      if (cleanupPolicy === 'delete') {
        await ports.write(
          name,
          partition,
          Array.from({ length: 10 }, (_, index) => ({ value: String(index), timestamp })),
        )
      }
    }
    return name
  }

  const startsOf = async (topic: TopicName, partitions: readonly number[]) => {
    const asked = partitions.map(partition => ({
      topic,
      partition,
      at: 'earliest' as const,
      isolationLevel: 'READ_COMMITTED' as const,
    }))
    return (await ports.catalog.listOffsets(testCall, asked)).map(one => valueIn(one).offset)
  }

  it('deletes messages before an offset, or all; the log then starts there', async () => {
    const topic = await filled(3)
    expect(await ports.topicAdmin.deleteRecords(testCall, topic, [upTo(2, 4), upTo(0, null)])).toEqual([
      { partition: 2, offset: 4n },
      { partition: 0, offset: 10n },
    ])
    expect(await startsOf(topic, [0, 1, 2])).toEqual([10n, 0n, 4n])
  })

  it('deletes nothing before an offset that was already deleted', async () => {
    const topic = await filled(1)
    await ports.topicAdmin.deleteRecords(testCall, topic, [upTo(0, 6)])
    expect(await ports.topicAdmin.deleteRecords(testCall, topic, [upTo(0, 3)])).toEqual([{ partition: 0, offset: 6n }])
    expect(await ports.topicAdmin.deleteRecords(testCall, topic, [upTo(0, 6)])).toEqual([{ partition: 0, offset: 6n }])
  })

  it('refuses an offset beyond the end and returns the valid range; other partitions succeed', async () => {
    const topic = await filled(2)
    const outcomes = await ports.topicAdmin.deleteRecords(testCall, topic, [upTo(0, 11), upTo(1, 5)])
    expect(codesOf(outcomes)).toEqual(['OFFSET_OUT_OF_RANGE', null])
    const [refused] = outcomes
    if (refused === undefined || !isFailure(refused)) throw new Error('not refused')
    expect(refused.details).toEqual({ earliestOffset: 0n, latestOffset: 10n })
    expect(refused.message).toContain('from 0 up to, not including, 10')
    expect(await startsOf(topic, [0, 1])).toEqual([0n, 5n])
  })

  it('refuses negative offsets, missing partitions and repeated partitions, each alone', async () => {
    const topic = await filled(2)
    const outcomes = await ports.topicAdmin.deleteRecords(testCall, topic, [upTo(0, -1), upTo(7, 1), upTo(1, 1)])
    expect(codesOf(outcomes)).toEqual(['OFFSET_OUT_OF_RANGE', 'UNKNOWN_TOPIC_OR_PARTITION', null])
    const twice = await ports.topicAdmin.deleteRecords(testCall, topic, [upTo(0, 1), upTo(1, 2), upTo(0, 2)])
    expect(codesOf(twice)).toEqual(['INVALID_REQUEST', null, 'INVALID_REQUEST'])
    expect(await startsOf(topic, [0, 1])).toEqual([0n, 2n])
  })

  it('refuses a topic that is only compacted, and a missing one', async () => {
    const compacted = await filled(1, 'compact')
    const missing = toTopicName(freshTopicName())
    expect(codesOf(await ports.topicAdmin.deleteRecords(testCall, compacted, [upTo(0, 0)]))).toEqual([
      'POLICY_VIOLATION',
    ])
    expect(codesOf(await ports.topicAdmin.deleteRecords(testCall, missing, [upTo(0, 0), upTo(1, null)]))).toEqual([
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_OR_PARTITION',
    ])
  })

  it('accepts an empty list', async () => {
    expect(await ports.topicAdmin.deleteRecords(testCall, toTopicName(freshTopicName()), [])).toEqual([])
  })
})
