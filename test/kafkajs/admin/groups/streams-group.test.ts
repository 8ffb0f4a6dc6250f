import { expect, it } from 'vitest'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { codesOf, valueIn } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { eventually } from '../../../support/eventually.ts'
import { commitOffsets, freshGroupId } from '../../../support/groups.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import { startStreamsMember } from '../../../support/streams-member.ts'
import { openKafka } from '../../open-kafka.ts'

it("a streams group is described with its tasks' partitions, and has ordinary offsets", async () => {
  const target = await sharedKafka()
  await using kafka = openKafka(target.bootstrapServers)
  const topic = toTopicName(freshTopicName('streamed'))
  const created = { name: topic, numPartitions: 2, replicationFactor: 1, replicaAssignments: null, configs: [] }
  await kafka.topicAdmin.createTopics(testCall, [created])
  const groupId = freshGroupId('streams')
  const member = await startStreamsMember(target, { groupId, topic, clientId: 'streams' })
  const describeGroup = async () => valueIn((await kafka.groups.describeGroups(testCall, [groupId]))[0])
  try {
    const group = await eventually(async () => {
      const described = await describeGroup()
      expect(described.state).toBe('STABLE')
      return described
    })
    expect(group).toMatchObject({ type: 'STREAMS', protocol: 'streams', partitionAssignor: null })
    const both = [
      { topic, partition: 0 },
      { topic, partition: 1 },
    ]
    expect(group.members).toMatchObject([{ clientId: 'streams', assignment: both, targetAssignment: both }])
    expect(group.members[0]?.memberEpoch).toBe(group.groupEpoch)
  } finally {
    await member[Symbol.asyncDispose]()
  }
  await commitOffsets(target, groupId, { [topic]: [4n, 5n] })
  const [offsets] = await kafka.groups.committedOffsets(testCall, [groupId])
  expect(valueIn(offsets).map(one => one.offset)).toEqual([4n, 5n])
  await eventually(async () => expect(await describeGroup()).toMatchObject({ state: 'EMPTY', members: [] }))
  expect(codesOf(await kafka.groupAdmin.deleteGroups(testCall, [groupId]))).toEqual([null])
})
