import { expect, it } from 'vitest'
import type { IsolationLevel } from '../../../../src/kafka/message.ts'
import type { OffsetQuery } from '../../../../src/kafka/ports/catalog.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { batchesOf, topicsOf } from '../../../../src/kafkajs/read/offsets/offset-batches.ts'

const ask = (
  nodeId: number,
  topic: string,
  partition: number,
  at: OffsetQuery,
  isolationLevel: IsolationLevel = 'READ_UNCOMMITTED',
) => [nodeId, { request: { topic: toTopicName(topic), partition, at, isolationLevel } }] as const

const askedOf = (asked: readonly ReturnType<typeof ask>[]) =>
  batchesOf(asked).map(({ nodeId, isolationLevel, items }) => ({
    nodeId,
    isolationLevel,
    topics: topicsOf([...items.values()].map(({ request }) => request)),
  }))

it('sends one request per leader for all of its partitions', () => {
  const batches = askedOf([
    ask(1, 'a', 0, 'latest'),
    ask(2, 'a', 1, 'latest'),
    ask(1, 'a', 2, 'latest'),
    ask(1, 'b', 0, 'latest'),
  ])
  const first = { partition: 0, timestamp: -1n }
  expect(batches).toEqual([
    {
      nodeId: 1,
      isolationLevel: 'READ_UNCOMMITTED',
      topics: [
        { name: 'a', partitions: [first, { partition: 2, timestamp: -1n }] },
        { name: 'b', partitions: [first] },
      ],
    },
    {
      nodeId: 2,
      isolationLevel: 'READ_UNCOMMITTED',
      topics: [{ name: 'a', partitions: [{ partition: 1, timestamp: -1n }] }],
    },
  ])
})

it('never repeats a partition in a request, which Kafka would refuse', () => {
  const batches = askedOf([ask(1, 'a', 0, 'earliest'), ask(1, 'a', 0, 'latest'), ask(1, 'a', 0, { timestamp: 5.7 })])
  const timestamps = batches.map(({ topics }) => topics.map(({ partitions }) => partitions.map(one => one.timestamp)))
  expect(timestamps).toEqual([[[-2n]], [[-1n]], [[5n]]])
})

it('separates isolation levels, except for the earliest offset, which is equal for both', () => {
  const batches = askedOf([
    ask(1, 'a', 0, 'latest', 'READ_COMMITTED'),
    ask(1, 'a', 0, 'latest', 'READ_UNCOMMITTED'),
    ask(1, 'a', 1, 'earliest', 'READ_COMMITTED'),
  ])
  expect(batches.map(({ isolationLevel }) => isolationLevel)).toEqual(['READ_COMMITTED', 'READ_UNCOMMITTED'])
})

it("never confuses a time before 1970 with one of Kafka's special timestamps", () => {
  const [batch] = askedOf([ask(1, 'a', 0, { timestamp: -1 })])
  expect(batch?.topics[0]?.partitions[0]?.timestamp).toBe(0n)
})
