import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testCall } from '../support/call.ts'
import { eventually } from '../support/eventually.ts'
import { createTopic, fresh } from './create-topic.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

describe.each(implementations)('replica admin of %s', (_, open) => {
  let ports: PortsUnderTest

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  it('moves replicas, and says of each move by itself what is wrong with it', async () => {
    const topic = await createTopic(ports, 3)
    const outcomes = await ports.replicas.alterPartitionReassignments(testCall, [
      { topic, partition: 0, replicas: [1] },
      { topic, partition: 1, replicas: null },
      { topic, partition: 2, replicas: [77] },
      { topic: fresh(), partition: 0, replicas: [1] },
    ])
    expect(codesOf(outcomes)).toEqual([
      null,
      'NO_REASSIGNMENT_IN_PROGRESS',
      'INVALID_REPLICA_ASSIGNMENT',
      'UNKNOWN_TOPIC_OR_PARTITION',
    ])
    expect(outcomes[0]).toEqual({ topic, partition: 0 })
  })

  it('lists no move where none is under way, also of a topic that does not exist', async () => {
    const topic = await createTopic(ports)
    expect(await ports.replicas.listPartitionReassignments(testCall, [topic, fresh()])).toEqual([])
  })

  it('elects no leader where the right one leads, or where there is no partition', async () => {
    const topic = await createTopic(ports)
    const wanted = [topic, fresh()].map(name => ({ topic: name, partition: 0 }))
    const elections = await ports.replicas.electLeaders(testCall, 'PREFERRED', wanted)
    expect(elections.map(({ topic: name, error }) => [name, error?.code])).toEqual([
      [wanted[0]?.topic, 'ELECTION_NOT_NEEDED'],
      [wanted[1]?.topic, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ])
  })

  it('tells the logs on the disks of a broker, which grow as messages are written', async () => {
    const topic = await createTopic(ports, 2)
    await ports.write(topic, 1, [{ value: 'a', timestamp: Date.now() }])
    const partitions = [0, 1].map(partition => ({ topic, partition }))
    // A broker knows of a new topic a moment before it has made the logs.
    await eventually(async () => {
      const [outcome] = await ports.replicas.describeLogDirs(testCall, [1], partitions)
      const [dir] = valueIn(outcome)
      expect(dir?.error).toBeNull()
      expect(dir?.replicas.map(({ partition, size, isFuture }) => [partition, size > 0n, isFuture])).toEqual([
        [0, false, false],
        [1, true, false],
      ])
    })
  })

  it('answers for each broker in order: one that is not there fails alone', async () => {
    const topic = await createTopic(ports)
    const outcomes = await ports.replicas.describeLogDirs(testCall, [77, 1], [{ topic, partition: 0 }])
    expect(codesOf(outcomes)).toEqual(['BROKER_NOT_AVAILABLE', null])
  })

  it("throws the signal's reason once it has aborted", async () => {
    const reason = new Error('the client went away')
    const call = { ...testCall, signal: AbortSignal.abort(reason) }
    await expect(ports.replicas.listPartitionReassignments(call, null)).rejects.toBe(reason)
    await expect(ports.replicas.describeLogDirs(call, [1], [])).rejects.toBe(reason)
  })

  it('does nothing for nothing', async () => {
    expect(await ports.replicas.alterPartitionReassignments(testCall, [])).toEqual([])
    expect(await ports.replicas.electLeaders(testCall, 'PREFERRED', [])).toEqual([])
    expect(await ports.replicas.describeLogDirs(testCall, [], null)).toEqual([])
  })
})
