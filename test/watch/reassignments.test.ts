import { describe, expect, it, vi } from 'vitest'
import type { PartitionReassignment, ReplicaAdmin } from '../../src/kafka/ports/replica-admin.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { unfaked } from '../fakes/unfaked.ts'
import { testCall } from '../support/call.ts'
import { collected, pass, settled, useTestClock, watching } from './watching.ts'

useTestClock()

const move = (topic: string, partition: number, addingReplicas: readonly number[]): PartitionReassignment => ({
  topic: toTopicName(topic),
  partition,
  replicas: [1, ...addingReplicas],
  addingReplicas,
  removingReplicas: [1],
})

const scene = () => {
  const moves: PartitionReassignment[] = []
  const replicas: ReplicaAdmin = {
    listPartitionReassignments: async () => moves.map(one => ({ ...one })),
    alterPartitionReassignments: unfaked<ReplicaAdmin>('replicas').alterPartitionReassignments,
    electLeaders: unfaked<ReplicaAdmin>('replicas').electLeaders,
    describeLogDirs: unfaked<ReplicaAdmin>('replicas').describeLogDirs,
  }
  return { moves, ...watching({ brokers: 3, topics: { orders: 2, clicks: 1 } }, { replicas }) }
}

describe('reassignments', () => {
  it('are reported while they run, as they change, and when they end', async () => {
    const { moves, watches } = scene()
    moves.push(move('orders', 0, [2]))
    const { events } = collected(await settled(watches.reassignments(testCall, { topics: null })))
    await pass(3000)
    expect(events).toEqual([move('orders', 0, [2])])
    moves.splice(0, 1, move('orders', 0, [3]), move('clicks', 0, [2]))
    await pass(3000)
    expect(events.slice(1)).toEqual([move('orders', 0, [3]), move('clicks', 0, [2])])
    moves.length = 0
    await pass(3000)
    expect(events.slice(3)).toEqual([
      { topic: 'orders', partition: 0, replicas: [1, 2, 3], addingReplicas: [], removingReplicas: [] },
      { topic: 'clicks', partition: 0, replicas: [1, 2, 3], addingReplicas: [], removingReplicas: [] },
    ])
    await watches[Symbol.asyncDispose]()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of named topics are reported alone; for a deleted topic the last event has no replicas', async () => {
    const { moves, kafka, watches } = scene()
    const { events } = collected(await settled(watches.reassignments(testCall, { topics: [toTopicName('clicks')] })))
    moves.push(move('orders', 1, [2]), move('clicks', 0, [3]))
    await pass(2000)
    kafka.removeTopic('clicks')
    moves.length = 0
    await pass(2000)
    expect(events.map(({ topic, replicas }) => [topic, replicas])).toEqual([
      ['clicks', [1, 3]],
      ['clicks', []],
    ])
    await watches[Symbol.asyncDispose]()
  })
})
