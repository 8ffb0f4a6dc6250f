import { expect, it } from 'vitest'
import type { PartitionDescription, TopicDescription } from '../../src/kafka/cluster.ts'
import { clusterHealthOf, isUnderMinIsr, minIsrHealthOf } from '../../src/kafka/cluster-health.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'

const partition = (
  leader: number | null,
  replicas: readonly number[],
  isr: readonly number[],
): PartitionDescription => ({
  partition: 0,
  leader,
  leaderEpoch: 1,
  replicas,
  isr,
  offlineReplicas: [],
  eligibleLeaderReplicas: null,
  lastKnownEligibleLeaderReplicas: null,
})

const topic = (name: string, ...partitions: readonly PartitionDescription[]): TopicDescription => ({
  name: toTopicName(name),
  topicId: '00000000-0000-4000-8000-000000000001',
  isInternal: false,
  partitions: partitions.map((one, number) => ({ ...one, partition: number })),
})

const at = (found: readonly { readonly topic: TopicDescription; readonly partition: PartitionDescription }[]) =>
  found.map(one => `${one.topic.name}-${one.partition.partition}`)

const topics = [
  topic('well', partition(1, [1, 2, 3], [1, 2, 3]), partition(2, [2, 3, 1], [1, 2, 3])),
  topic('worn', partition(2, [1, 2, 3], [2, 3]), partition(3, [1, 2, 3], [3])),
  topic('gone', partition(null, [1], [1])),
  topic('unknown', partition(1, [1], [1])),
]

it('an empty cluster is healthy', () => {
  expect(clusterHealthOf([])).toEqual({ offline: [], underReplicated: [], preferredLeaderImbalance: 0 })
})

it('reports partitions without a leader, under-replicated ones, and the share of leaders that are not preferred', () => {
  const { offline, underReplicated, preferredLeaderImbalance } = clusterHealthOf(topics)
  expect(at(offline)).toEqual(['gone-0'])
  expect(at(underReplicated)).toEqual(['worn-0', 'worn-1'])
  expect(preferredLeaderImbalance).toBe(3 / 6)
})

it('reports partitions under and at min.insync.replicas, and skips topics with unknown config', () => {
  const minIsr = new Map([
    [toTopicName('well'), 2],
    [toTopicName('worn'), 2],
    [toTopicName('gone'), 1],
  ])
  const { under, at: just } = minIsrHealthOf(topics, minIsr)
  expect(at(under)).toEqual(['worn-1', 'gone-0'])
  expect(at(just)).toEqual(['worn-0'])
})

it('requires at most as many in-sync replicas as there are replicas', () => {
  expect(isUnderMinIsr(partition(1, [1], [1]), 2)).toBe(false)
  expect(isUnderMinIsr(partition(1, [1, 2], [1]), 5)).toBe(true)
})
