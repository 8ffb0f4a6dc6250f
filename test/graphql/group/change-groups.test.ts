import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { codes, harness, limits } from '../harness.ts'
import { ScriptedGroups } from './scripted-groups.ts'

const DELETE = `mutation ($groupIds: [String!]!) {
  deleteGroups(groupIds: $groupIds) { deletedGroupIds deletedIds errors { code path } }
}`

const REMOVE = `mutation ($groupId: String = "workers", $groupInstanceIds: [String!]) {
  removeMembersFromConsumerGroup(groupId: $groupId, groupInstanceIds: $groupInstanceIds) {
    group { groupId groupState } errors { code path }
  }
}`

const scene = () => {
  const groups = new ScriptedGroups({ readers: {}, workers: { members: ['one', 'two'] } })
  const { run } = harness({ ports: { groups, groupAdmin: groups } })
  return { groups, run }
}

describe('deleteGroups', () => {
  it('deletes or refuses each by itself', async () => {
    const { run } = scene()
    const groupIds = ['readers', 'workers', 'nobody', '', 'twice', 'twice']
    expect((await run(DELETE, { groupIds })).data).toEqual({
      deleteGroups: {
        deletedGroupIds: ['readers'],
        deletedIds: [Buffer.from('ConsumerGroup:cmVhZGVycw').toString('base64url')],
        errors: [
          { code: 'NON_EMPTY_GROUP', path: ['groupIds', '1'] },
          { code: 'GROUP_ID_NOT_FOUND', path: ['groupIds', '2'] },
          { code: 'GROUP_ID_NOT_FOUND', path: ['groupIds', '3'] },
          { code: 'INVALID_REQUEST', path: ['groupIds', '4'] },
          { code: 'INVALID_REQUEST', path: ['groupIds', '5'] },
        ],
      },
    })
  })

  it.each([
    ['CLASSIC', 'ConsumerGroup'],
    ['CONSUMER', 'ConsumerGroup'],
    ['SHARE', 'ShareGroup'],
    ['STREAMS', 'StreamsGroup'],
  ] as const)('gives the id that the %s group had', async (type, typeName) => {
    const groups = new ScriptedGroups({ before: {}, gone: { type }, '': {} })
    const { run } = harness({ ports: { groups, groupAdmin: groups } })
    const known = await run<{ consumerGroup: { id: string } }>(`{ consumerGroup(groupId: "gone") { __typename id } }`)
    expect(known.data.consumerGroup).toMatchObject({ __typename: typeName })
    const unnamed = await run<{ consumerGroup: { id: string } }>(`{ consumerGroup(groupId: "") { id } }`)
    const { data } = await run(DELETE, { groupIds: ['nobody', 'gone', ''] })
    const deletedIds = [known.data.consumerGroup.id, unnamed.data.consumerGroup.id]
    expect(data).toMatchObject({ deleteGroups: { deletedGroupIds: ['gone', ''], deletedIds } })
  })

  it('deletes a group whose kind cannot be read', async () => {
    const { groups, run } = scene()
    groups.listGroups = async () => {
      throw new KafkaError('KAFKA_UNAVAILABLE')
    }
    const { data, errors } = await run(DELETE, { groupIds: ['readers'] })
    expect(errors).toEqual([])
    expect(data).toMatchObject({ deleteGroups: { deletedGroupIds: ['readers'], errors: [] } })
  })

  it('is bounded', async () => {
    const { run } = scene()
    const groupIds = Array.from({ length: limits.page.max + 1 }, (_, index) => `group-${index}`)
    expect(codes(await run(DELETE, { groupIds }))).toEqual(['BAD_USER_INPUT'])
  })
})

describe('removeMembersFromConsumerGroup', () => {
  it('removes the members that are named and tells which are not there', async () => {
    const { run } = scene()
    expect((await run(REMOVE, { groupInstanceIds: ['two', 'three'] })).data).toEqual({
      removeMembersFromConsumerGroup: {
        group: { groupId: 'workers', groupState: 'STABLE' },
        errors: [{ code: 'UNKNOWN_MEMBER_ID', path: ['groupInstanceIds', '1'] }],
      },
    })
  })

  it('removes all static members when none is named, and shows the group as it is then', async () => {
    const { run, groups } = scene()
    expect((await run(REMOVE, {})).data).toEqual({
      removeMembersFromConsumerGroup: { group: { groupId: 'workers', groupState: 'EMPTY' }, errors: [] },
    })
    expect(groups.changes).toEqual(['remove members of workers'])
  })

  it.each([
    ['nobody', 'GROUP_ID_NOT_FOUND'],
    ['', 'INVALID_GROUP_ID'],
  ])('refuses the group %j', async (groupId, code) => {
    const { run } = scene()
    expect((await run(REMOVE, { groupId })).data).toEqual({
      removeMembersFromConsumerGroup: { group: null, errors: [{ code, path: ['groupId'] }] },
    })
  })

  it('tells why Kafka could not be asked', async () => {
    const { run, groups } = scene()
    groups.failure = new KafkaError('KAFKA_UNAVAILABLE')
    expect((await run(REMOVE, {})).data).toMatchObject({
      removeMembersFromConsumerGroup: {
        errors: [
          { code: 'KAFKA_UNAVAILABLE', path: null },
          { code: 'KAFKA_UNAVAILABLE', path: null },
        ],
      },
    })
  })

  it('still tells what was removed when the group cannot be shown afterwards', async () => {
    const { run, groups } = scene()
    const describe = groups.describeGroups.bind(groups)
    groups.describeGroups = async (call, ids) => {
      if (groups.changes.length > 0) throw new KafkaError('KAFKA_UNAVAILABLE')
      return describe(call, ids)
    }
    const answer = await run(REMOVE, {})
    expect(answer.data).toEqual({ removeMembersFromConsumerGroup: { group: null, errors: [] } })
    expect(codes(answer)).toEqual(['KAFKA_UNAVAILABLE'])
  })
})
