import { expect, it, onTestFinished, vi } from 'vitest'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { Link } from '../../../../src/kafkajs/transport/link.ts'
import { codesOf, valueIn } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { commitOffsets, freshGroupId, startConsumerMember } from '../../../support/groups.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import { createTopicByTool } from '../../../support/topic-tool.ts'
import { openKafka, testLimits } from '../../open-kafka.ts'

/** The names of requests sent to brokers, except those of the cluster map. */
const sent = (calls: readonly (readonly [request: { readonly apiName: string }, ...rest: unknown[]])[]) =>
  calls.map(([{ apiName }]) => apiName).filter(apiName => apiName !== 'Metadata')

it('50 groups with members and offsets cost one list, one request per type and one for all offsets', async () => {
  const target = await sharedKafka()
  const topic = toTopicName(freshTopicName('grouped'))
  await createTopicByTool(target, topic, { partitions: 2 })
  const simple = [...new Array(49)].map(() => freshGroupId())
  for (const groupId of simple) await commitOffsets(target, groupId, { [topic]: [1n, 2n] })
  const consumer = freshGroupId()
  await using _member = await startConsumerMember(target, { groupId: consumer, topic })
  const limits = { groups: { ...testLimits.groups, cacheMs: 60_000 } }
  await using kafka = openKafka(target.bootstrapServers, { limits })
  const { groups, groupAdmin } = kafka
  const call = vi.spyOn(Link.prototype, 'call')
  onTestFinished(() => call.mockRestore())

  const ids = [...simple, consumer]
  await groups.listGroups(testCall)
  const described = await groups.describeGroups(testCall, ids)
  const offsets = await groups.committedOffsets(testCall, ids)
  expect(codesOf([...described, ...offsets]).filter(code => code !== null)).toEqual([])
  expect(valueIn(offsets[0]).map(one => one.offset)).toEqual([1n, 2n])
  const asked = sent(call.mock.calls).sort()
  expect(asked).toEqual(['ConsumerGroupDescribe', 'DescribeGroups', 'ListGroups', 'OffsetFetch'])

  await Promise.all([
    groups.describeGroups(testCall, ids),
    groups.describeGroups(testCall, ids),
    groups.listGroups(testCall),
  ])
  expect(sent(call.mock.calls)).toHaveLength(asked.length)
  expect(codesOf(await groupAdmin.deleteGroups(testCall, simple)).filter(code => code !== null)).toEqual([])
  expect(sent(call.mock.calls).slice(asked.length)).toEqual(['DeleteGroups'])
})
