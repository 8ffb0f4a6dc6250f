import { describe, expect, it } from 'vitest'
import { DeleteRecordsDocument, TruncateTopicDocument } from '../../generated/operations.ts'
import { codes, harness } from '../harness.ts'

const hour = 3_600_000
const noon = Date.parse('2025-06-01T12:00:00Z')

/** Five messages an hour apart from noon on in partition 0, nothing in partition 1. */
const filled = () => {
  const made = harness({ topics: { orders: 2 } })
  const messages = [0, 1, 2, 3, 4].map(index => ({ value: String(index), timestamp: noon + index * hour }))
  made.kafka.append('orders', 0, messages)
  return made
}

describe('offsets by time', () => {
  it('are those of the first message at or after a moment, and of the greatest timestamp', async () => {
    const { run, kafka } = filled()
    const { data, errors } = await run(`{ topic(name: "orders") {
      offsetsForTimestamp(timestamp: "2025-06-01T13:30:00Z") { partition offset timestamp leaderEpoch }
      later: offsetsForTimestamp(timestamp: "2026-01-01T00:00:00Z") { partition }
      partitions {
        maxTimestampOffset { offset timestamp }
        offsetForTimestamp(timestamp: "2025-06-01T12:00:00Z") { offset timestamp }
      }
    } }`)
    expect(errors).toEqual([])
    expect(data).toEqual({
      topic: {
        offsetsForTimestamp: [{ partition: 0, offset: '2', timestamp: '2025-06-01T14:00:00.000Z', leaderEpoch: 0 }],
        later: [],
        partitions: [
          {
            maxTimestampOffset: { offset: '4', timestamp: '2025-06-01T16:00:00.000Z' },
            offsetForTimestamp: { offset: '0', timestamp: '2025-06-01T12:00:00.000Z' },
          },
          { maxTimestampOffset: null, offsetForTimestamp: null },
        ],
      },
    })
    expect(kafka.counts.listOffsets).toBeLessThanOrEqual(2)
  })

  it('are null with an error beside them while a partition has no leader', async () => {
    const { run, kafka } = filled()
    kafka.setLeader('orders', 1, null)
    const answer = await run(`{ topic(name: "orders") {
      name offsetsForTimestamp(timestamp: "2025-06-01T13:30:00Z") { offset } partitions { maxTimestampOffset { offset } }
    } }`)
    expect(answer.data).toEqual({
      topic: {
        name: 'orders',
        offsetsForTimestamp: null,
        partitions: [{ maxTimestampOffset: { offset: '4' } }, { maxTimestampOffset: null }],
      },
    })
    expect(codes(answer)).toEqual(['LEADER_NOT_AVAILABLE', 'LEADER_NOT_AVAILABLE'])
  })
})

describe('deleteRecords', () => {
  it('keeps what is done beside what is refused, each refusal with its index', async () => {
    const { run } = filled()
    const { data } = await run(DeleteRecordsDocument, {
      topic: 'orders',
      before: [{ partition: 0, beforeOffset: '3' }, { partition: 1, beforeOffset: '1' }, { partition: 5 }],
    })
    expect(data.deleteRecords.lowWatermarks).toEqual([{ partition: 0, offset: '3' }])
    expect(data.deleteRecords.errors).toMatchObject([
      { code: 'OFFSET_OUT_OF_RANGE', path: ['before', '1'] },
      { code: 'UNKNOWN_TOPIC_OR_PARTITION', path: ['before', '2'] },
    ])
  })

  it('refuses partitions named twice, and names that no topic can have, without asking Kafka', async () => {
    const { run, kafka } = filled()
    const twice = await run(DeleteRecordsDocument, { topic: 'orders', before: [{ partition: 1 }, { partition: 1 }] })
    expect(twice.data.deleteRecords.errors.map(({ code }) => code)).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST'])
    const illegal = await run(DeleteRecordsDocument, { topic: 'a/b', before: [{ partition: 1 }] })
    expect(illegal.data.deleteRecords.errors.map(({ code }) => code)).toEqual(['INVALID_TOPIC_EXCEPTION'])
    const many = Array.from({ length: 1001 }, (_, partition) => ({ partition }))
    expect(codes(await run(DeleteRecordsDocument, { topic: 'orders', before: many }))).toEqual(['BAD_USER_INPUT'])
    expect(kafka.counts.deleteRecords).toBe(0)
  })
})

describe('truncateTopic', () => {
  it.each([
    ['nothing', null, 5],
    ['nothing, said so', { latest: true }, 5],
    ['all', { earliest: true }, 0],
    ['the last two', { lastPerPartition: 2 }, 3],
    ['more than there are', { lastPerPartition: 20 }, 0],
    ['what came since a moment', { timestamp: '2025-06-01T13:30:00Z' }, 2],
    ['what came in the last second: nothing', { ago: 'PT1S' }, 5],
    ['from an offset on', { offsets: [{ partition: 0, offset: '4' }] }, 4],
  ])('keeps %s', async (_, keep, start) => {
    const { run } = filled()
    const { data } = await run(TruncateTopicDocument, { topic: 'orders', keep })
    expect(data.truncateTopic.errors).toEqual([])
    expect(data.truncateTopic.lowWatermarks[0]).toEqual({ partition: 0, offset: String(start) })
    const after = await run('{ topic(name: "orders") { partitions { earliestOffset latestOffset } } }')
    expect(after.data).toEqual({
      topic: {
        partitions: [
          { earliestOffset: String(start), latestOffset: '5' },
          { earliestOffset: '0', latestOffset: '0' },
        ],
      },
    })
  })

  it('takes no cursor, no negative number and no topic that is not there', async () => {
    const { run, kafka } = filled()
    for (const keep of [{ cursor: 'x' }, { lastPerPartition: -1 }, { earliest: false }]) {
      expect(codes(await run(TruncateTopicDocument, { topic: 'orders', keep }))).toEqual(['BAD_USER_INPUT'])
    }
    const missing = await run(TruncateTopicDocument, { topic: 'nothing' })
    expect(missing.data.truncateTopic.errors).toMatchObject([{ code: 'UNKNOWN_TOPIC_OR_PARTITION' }])
    expect(kafka.counts.deleteRecords).toBe(0)
  })

  it('truncates the partitions that have a leader and names those that have none', async () => {
    const { run, kafka } = filled()
    kafka.setLeader('orders', 1, null)
    const { data } = await run(TruncateTopicDocument, { topic: 'orders', keep: { lastPerPartition: 1 } })
    expect(data.truncateTopic.lowWatermarks).toEqual([{ partition: 0, offset: '4' }])
    expect(data.truncateTopic.errors.map(({ code }) => code)).toEqual(['LEADER_NOT_AVAILABLE'])
  })
})
