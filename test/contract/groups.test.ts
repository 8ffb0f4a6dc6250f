import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../src/kafka/offset.ts'
import type { TopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { freshGroupId } from '../support/groups.ts'
import { createTopic, fresh } from './create-topic.ts'
import { codesOf, valueIn } from './outcome.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

describe.each(implementations)('groups and group admin of %s', (_, open) => {
  let ports: PortsUnderTest
  let topic: TopicName

  beforeAll(async () => {
    ports = await open()
    topic = await createTopic(ports, 3)
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const at = (partition: number, offset: number, metadata = '') => ({
    topic,
    partition,
    offset: toOffset(offset),
    leaderEpoch: null,
    metadata,
  })

  const committedGroup = async (...offsets: readonly ReturnType<typeof at>[]) => {
    const groupId = freshGroupId()
    expect(codesOf(await ports.groupAdmin.alterOffsets(testCall, groupId, offsets))).toEqual(offsets.map(() => null))
    return groupId
  }

  it('a commit from outside makes a classic group without members, which is listed and described', async () => {
    const groupId = await committedGroup(at(0, 5))
    const { groups, failures } = await ports.groups.listGroups(testCall)
    expect(failures).toEqual([])
    expect(groups.map(group => group.groupId)).toEqual(groups.map(group => group.groupId).sort())
    expect(groups).toContainEqual({ groupId, type: 'CLASSIC', protocol: '', state: 'EMPTY', coordinator: 1 })
    expect(valueIn((await ports.groups.describeGroups(testCall, [groupId]))[0])).toMatchObject({
      groupId,
      type: 'CLASSIC',
      state: 'EMPTY',
      coordinator: 1,
      members: [],
    })
  })

  it('reads what was committed, in order of the partitions; a later commit replaces an earlier one', async () => {
    const groupId = await committedGroup(at(2, 7, 'by hand'), at(0, 5))
    await ports.groupAdmin.alterOffsets(testCall, groupId, [at(0, 6)])
    const committed = valueIn((await ports.groups.committedOffsets(testCall, [groupId]))[0])
    expect(committed.map(({ partition, offset, metadata }) => [partition, offset, metadata])).toEqual([
      [0, 6n, ''],
      [2, 7n, 'by hand'],
    ])
  })

  it('answers for each group in order: one that is not there is not found, and has committed nothing', async () => {
    const groupId = await committedGroup(at(1, 1))
    const ids = [groupId, freshGroupId(), groupId]
    expect(codesOf(await ports.groups.describeGroups(testCall, ids))).toEqual([null, 'GROUP_ID_NOT_FOUND', null])
    const committed = await ports.groups.committedOffsets(testCall, ids)
    expect(committed.map(one => valueIn(one).length)).toEqual([1, 0, 1])
  })

  it('commits sound offsets beside one of a partition that is not there', async () => {
    const groupId = freshGroupId()
    const outcomes = await ports.groupAdmin.alterOffsets(testCall, groupId, [at(9, 1), at(1, 1)])
    expect(codesOf(outcomes)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', null])
    const committed = valueIn((await ports.groups.committedOffsets(testCall, [groupId]))[0])
    expect(committed.map(({ partition }) => partition)).toEqual([1])
  })

  it('forgets offsets that are deleted, and keeps the others', async () => {
    const groupId = await committedGroup(at(0, 1), at(1, 1))
    const deleted = await ports.groupAdmin.deleteOffsets(testCall, groupId, [{ topic, partition: 0 }])
    expect(deleted).toEqual([{ topic, partition: 0 }])
    const committed = valueIn((await ports.groups.committedOffsets(testCall, [groupId]))[0])
    expect(committed.map(({ partition }) => partition)).toEqual([1])
    const missing = await ports.groupAdmin.deleteOffsets(testCall, freshGroupId(), [{ topic, partition: 0 }])
    expect(codesOf(missing)).toEqual(['GROUP_ID_NOT_FOUND'])
  })

  it('deletes groups; one that is not there fails alone', async () => {
    const groupId = await committedGroup(at(0, 1))
    const outcomes = await ports.groupAdmin.deleteGroups(testCall, [freshGroupId(), groupId])
    expect(codesOf(outcomes)).toEqual(['GROUP_ID_NOT_FOUND', null])
    expect(codesOf(await ports.groups.describeGroups(testCall, [groupId]))).toEqual(['GROUP_ID_NOT_FOUND'])
  })

  it('removes no static member that is not there', async () => {
    const groupId = await committedGroup(at(0, 1))
    const outcomes = await ports.groupAdmin.removeMembers(testCall, groupId, ['nobody', 'no-one'])
    expect(codesOf(outcomes)).toEqual(['UNKNOWN_MEMBER_ID', 'UNKNOWN_MEMBER_ID'])
  })

  it("throws the signal's reason once it has aborted", async () => {
    const reason = new Error('the client went away')
    const call = { ...testCall, signal: AbortSignal.abort(reason) }
    await expect(ports.groups.listGroups(call)).rejects.toBe(reason)
    await expect(ports.groups.describeGroups(call, [freshGroupId()])).rejects.toBe(reason)
    await expect(ports.groups.committedOffsets(call, [freshGroupId()])).rejects.toBe(reason)
  })

  it('asks and does nothing for nothing', async () => {
    expect(await ports.groups.describeGroups(testCall, [])).toEqual([])
    expect(await ports.groups.committedOffsets(testCall, [])).toEqual([])
    expect(await ports.groupAdmin.deleteGroups(testCall, [])).toEqual([])
    expect(await ports.groupAdmin.alterOffsets(testCall, fresh(), [])).toEqual([])
  })
})
