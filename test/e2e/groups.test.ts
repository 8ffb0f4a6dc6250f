import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toOffset } from '../../src/kafka/offset.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { DeleteTopicsDocument, DescribeGroupDocument, GroupsLagDocument } from '../generated/operations.ts'
import { openKafka } from '../kafkajs/open-kafka.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { describedGroups, type ToolRow } from '../support/described-groups.ts'
import { eventually } from '../support/eventually.ts'
import {
  commitOffsets,
  freshGroupId,
  type GroupMember,
  startConsumerMember,
  startKafkaJsMember,
  startShareMember,
} from '../support/groups.ts'

const classic = freshGroupId('a-classic')
const consumer = freshGroupId('b-consumer')
const byHand = freshGroupId('c-by-hand')
const share = freshGroupId('d-share')
const members: GroupMember[] = []
let app: TestApp
let topic: string

const messages = (count: number, partition: number, timestamp?: string) =>
  Array.from({ length: count }, () => ({ value: { string: 'x' }, partition, ...(timestamp ? { timestamp } : {}) }))

beforeAll(async () => {
  app = await startTestApp()
  topic = await app.freshTopic({ numPartitions: 3 })
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
  await app.produce({ topic, messages: [...messages(10, 0, hourAgo), ...messages(7, 1)] })
  await commitOffsets(app.kafka, classic, { [topic]: [4n, 7n, 0n] })
  await commitOffsets(app.kafka, byHand, { [topic]: [2n, 9n] })
  members.push(await startKafkaJsMember(app.kafka, { groupId: classic, topic, clientId: 'js' }))
  const starting = [
    startConsumerMember(app.kafka, { groupId: consumer, topic, clientId: 'java' }),
    startShareMember(app.kafka, { groupId: share, topic, clientId: 'sharing' }),
  ]
  members.push(...(await Promise.all(starting)))
  await using kafka = openKafka(app.kafka.bootstrapServers)
  await kafka.topicAdmin.deleteRecords(toTopicName(topic), [{ partition: 0, before: toOffset(3) }])
}, 180_000)
afterAll(async () => {
  await Promise.all(members.map(member => member[Symbol.asyncDispose]()))
  await app[Symbol.asyncDispose]()
})

const groupsLag = async (groupIds: readonly string[]) => {
  const { cluster } = await app.dataOf(GroupsLagDocument, { filter: { groupIds } })
  const groups = cluster?.groups
  expect(groups?.totalCount).toBe(groupIds.length)
  return groups?.nodes.filter(node => 'offsets' in node) ?? []
}

const byText = (one: ToolRow, other: ToolRow) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)

describe('groups as kafka-consumer-groups --describe shows them', () => {
  const ids = [classic, consumer, byHand]

  test('offsets, lag and who reads what', async () => {
    await eventually(
      async () => {
        const rows = await describedGroups(app.kafka, ids, '--offsets')
        const nodes = await groupsLag(ids)
        const shown = nodes.flatMap(({ groupId, members, offsets }) =>
          (offsets ?? []).map(({ partition, offset, latestOffset, lag }) => {
            const reads = members?.find(({ assignment }) =>
              assignment.some(
                one => one.topic?.name === topic && one.partition?.partition === partition?.partition,
              ),
            )
            return {
              GROUP: groupId,
              TOPIC: partition?.topic.name,
              PARTITION: String(partition?.partition),
              'CURRENT-OFFSET': offset,
              'LOG-END-OFFSET': latestOffset,
              LAG: lag,
              'CONSUMER-ID': reads?.consumerId ?? '-',
              HOST: reads?.host ?? '-',
              'CLIENT-ID': reads?.clientId ?? '-',
            }
          }),
        )
        const told = rows
          // A partition of a member without a commit has no offset to show.
          .filter(row => row['CURRENT-OFFSET'] !== '-')
          .map(({ 'LEADER-EPOCH': _, ...row }) => row)
        // The tool subtracts: what it prints below 0 is an offset beyond the end, where nothing is left to read.
        const clamped = told.map(row => ({ ...row, LAG: String(Math.max(0, Number(row.LAG))) }))
        expect(shown.toSorted((one, other) => byText(one as ToolRow, other as ToolRow))).toEqual(
          clamped.toSorted(byText),
        )
        expect(new Set(shown.map(({ GROUP }) => GROUP))).toEqual(new Set(ids))
      },
      { within: 60_000, every: 1000 },
    )
  })
})
