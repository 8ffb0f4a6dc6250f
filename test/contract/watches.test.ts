import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../src/kafka/offset.ts'
import type { Watch } from '../../src/kafka/ports/watches.ts'
import type { TopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { freshGroupId } from '../support/groups.ts'
import { createTopic, fresh } from './create-topic.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const intervalMs = 100

describe.each(implementations)('watches of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const nextOf = async <E extends object>(watch: Watch<E>): Promise<E> => {
    const { done, value } = await watch.next()
    if (done === true) throw new Error('the watch has ended')
    return value
  }

  const commit = (groupId: string, topic: TopicName, offset: number) =>
    ports.groupAdmin.alterOffsets(testCall, groupId, [
      { topic, partition: 0, offset: toOffset(offset), leaderEpoch: null, metadata: '' },
    ])

  it('tell topics that are created, grow and are deleted', async () => {
    const name = fresh()
    const watched = { matches: (topic: { readonly name: TopicName }) => topic.name === name, key: name }
    await using watch = await ports.watches.topicChanges(testCall, watched)
    const wanted = { name, numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs: [] }
    await ports.topicAdmin.createTopics(testCall, [wanted])
    expect(await nextOf(watch)).toMatchObject({ kind: 'topicCreated', topic: { name } })
    await ports.topicAdmin.createPartitions(testCall, { topic: name, totalCount: 3, assignments: null })
    expect(await nextOf(watch)).toMatchObject({ kind: 'partitionsAdded', from: 1, to: 3 })
    await ports.topicAdmin.deleteTopics(testCall, [name])
    expect(await nextOf(watch)).toMatchObject({ kind: 'topicDeleted', topic: { name } })
  })

  it('of the partitions of a topic end when it is deleted, and begin with no topic that is not there', async () => {
    const topic = await createTopic(ports)
    await using watch = await ports.watches.partitionChanges(testCall, { topics: [topic], intervalMs })
    await ports.topicAdmin.deleteTopics(testCall, [topic])
    await expect(watch.next()).rejects.toMatchObject({ code: 'TOPIC_DELETED' })
    const missing = ports.watches.partitionChanges(testCall, { topics: [fresh()], intervalMs })
    await expect(missing).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' })
  })

  it('tell the health of the cluster as it is, at once', async () => {
    await using watch = await ports.watches.clusterHealth(testCall, { intervalMs })
    expect(await nextOf(watch)).toMatchObject({ brokerCount: 1 })
  })

  it('tell how fast a topic grows', async () => {
    const topic = await createTopic(ports)
    await using watch = await ports.watches.topicThroughput(testCall, { topics: [topic], intervalMs })
    await ports.write(topic, 0, [{ value: 'a', timestamp: Date.now() }])
    for (;;) {
      const [seen] = await nextOf(watch)
      expect(seen?.topic.name).toBe(topic)
      if (seen?.partitions[0]?.latestOffset === 1n) break
    }
  })

  it('tell a group that comes into being, its lag and its end', async () => {
    const topic = await createTopic(ports)
    const groupId = freshGroupId()
    const groups = { groupIds: [groupId], covers: () => true, key: groupId }
    await using changes = await ports.watches.groupChanges(testCall, { ...groups, accepts: () => true })
    await commit(groupId, topic, 0)
    expect(await nextOf(changes)).toMatchObject({ kind: 'groupStateChanged', group: { groupId }, from: 'DEAD' })
    const lagged = { ...groups, holds: () => true, minChange: 1n, intervalMs }
    await using lag = await ports.watches.groupLag(testCall, lagged)
    expect(await nextOf(lag)).toMatchObject([{ topic, partition: 0, offset: 0n, latestOffset: 0n }])
    await ports.write(topic, 0, [{ value: 'a', timestamp: Date.now() }])
    expect(await nextOf(lag)).toMatchObject([{ offset: 0n, latestOffset: 1n }])
    await ports.groupAdmin.deleteGroups(testCall, [groupId])
    expect(await nextOf(changes)).toMatchObject({ kind: 'groupDeleted', group: { groupId } })
  })

  it.each([
    ['brokers', () => ports.watches.brokerChanges(testCall)],
    ['moves of replicas', () => ports.watches.reassignments(testCall, { topics: [fresh()] })],
  ])('of %s tell nothing while nothing changes, and end when they are returned', async (_what, begin) => {
    const watch = await begin()
    const waiting = watch.next()
    await watch.return()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  it("throw the signal's reason once it has aborted", async () => {
    const reason = new Error('the client went away')
    const call = { ...testCall, signal: AbortSignal.abort(reason) }
    await expect(ports.watches.brokerChanges(call)).rejects.toBe(reason)
    await expect(ports.watches.clusterHealth(call, { intervalMs })).rejects.toBe(reason)
  })
})
