import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { describeShareGroupByTool } from '../support/group-tool.ts'
import { startClassicMember, startConsumerMember, startKafkaJsMember, startShareMember } from '../support/groups.ts'
import { byPartition, offsetsOf, openResetScene, type ResetScene, short } from './reset-scene.ts'

let scene: ResetScene

beforeAll(async () => {
  scene = await openResetScene()
})
afterAll(() => scene[Symbol.asyncDispose]())

describe('a group with members', () => {
  test.each([
    ['of the classic protocol', startKafkaJsMember],
    ['of the consumer protocol', startConsumerMember],
  ])('%s is left as it is until they have left', async (_, startMember) => {
    const groupId = await scene.idleGroup()
    {
      await using _member = await startMember(scene.app.kafka, { groupId, topic: scene.topic })
      const refused = { before: { 0: '3', 1: '1' }, after: { 0: '3', 1: '1' }, errors: ['UNKNOWN_MEMBER_ID'] }
      for (const dryRun of [true, false])
        expect(short(await scene.reset({ groupId, to: { earliest: true }, dryRun }))).toEqual(refused)
      expect(
        short(await scene.mutate(`deleteConsumerGroupOffsets(groupId: "${groupId}", topic: "${scene.topic}")`)),
      ).toEqual({
        ...refused,
        errors: ['GROUP_SUBSCRIBED_TO_TOPIC'],
      })
      const { deleteGroups } = await scene.app.dataOf<{ readonly deleteGroups: unknown }>(
        `mutation { deleteGroups(groupIds: ["${groupId}"]) { deletedGroupIds errors { code } } }`,
      )
      expect(deleteGroups).toEqual({ deletedGroupIds: [], errors: [{ code: 'NON_EMPTY_GROUP' }] })
      expect(await scene.committed(groupId)).toEqual({ 0: '3', 1: '1' })
    }
    await eventually(async () => expect((await scene.reset({ groupId, to: { earliest: true } })).errors).toEqual([]))
    expect(await scene.committed(groupId)).toEqual({ 0: '0', 1: '0' })
  })

  test('that shares partitions is left as it is until they have left; then it is set to where it shall start', async () => {
    const groupId = scene.freshGroup()
    const to = { offsets: [{ partition: 1, offset: '3' }] }
    {
      await using _member = await startShareMember(scene.app.kafka, { groupId, topic: scene.topic })
      for (const dryRun of [true, false]) {
        expect(short(await scene.reset({ groupId, to, dryRun })).errors).toEqual(['NON_EMPTY_GROUP'])
      }
    }
    const { after } = await eventually(async () => {
      const done = await scene.reset({ groupId, to })
      expect(done.errors).toEqual([])
      return done
    })
    expect(offsetsOf(after)).toEqual({ 1: '3' })
    const rows = await describeShareGroupByTool(scene.app.kafka, 'offsets', groupId)
    expect(byPartition(rows, ['START-OFFSET'])).toMatchObject({ 1: ['3'] })
    expect(
      await scene.mutate(`deleteConsumerGroupOffsets(groupId: "${groupId}", topic: "${scene.topic}")`),
    ).toMatchObject({
      errors: [{ code: 'GROUP_ID_NOT_FOUND', path: ['groupId'] }],
    })
  })

  test.each([
    ['classic', startClassicMember],
    ['consumer', startConsumerMember],
  ])('of the %s protocol loses the static ones that are removed, and is empty then', async (_, startMember) => {
    const groupId = await scene.idleGroup()
    const remove = async (ids = '') => {
      const field = `removeMembersFromConsumerGroup(groupId: "${groupId}"${ids}) { group { groupState } errors { code path } }`
      return (await scene.app.dataOf<{ readonly remove: unknown }>(`mutation { remove: ${field} }`)).remove
    }
    // Ended, a static member is still one.
    const properties = { 'group.instance.id': 'static-1' }
    await (await startMember(scene.app.kafka, { groupId, topic: scene.topic, properties }))[Symbol.asyncDispose]()
    expect((await scene.reset({ groupId, to: { earliest: true } })).errors.map(({ code }) => code)).toEqual([
      'UNKNOWN_MEMBER_ID',
    ])
    expect(await remove(', groupInstanceIds: ["static-2"]')).toMatchObject({
      errors: [{ code: 'UNKNOWN_MEMBER_ID', path: ['groupInstanceIds', '0'] }],
    })
    expect(await remove()).toEqual({ group: { groupState: 'EMPTY' }, errors: [] })
    expect((await scene.reset({ groupId, to: { earliest: true } })).errors).toEqual([])
  })
})
