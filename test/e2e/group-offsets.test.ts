import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ResetGroupOffsetsDocument, type ResetGroupOffsetsMutationVariables } from '../generated/operations.ts'
import { startTestApp, type TestApp, type Written } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import {
  describeGroupsByTool,
  describeShareGroupByTool,
  groupToolOutput,
  listGroupsByTool,
  type ToolRow,
} from '../support/group-tool.ts'
import {
  commitOffsets,
  freshGroupId,
  startClassicMember,
  startConsumerMember,
  startKafkaJsMember,
  startShareMember,
} from '../support/groups.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'

let app: TestApp
/** Two partitions with the values 0-0 to 0-4 and 1-0 to 1-4, a minute apart. */
let topic: string
let written: readonly Written[]

const FIRST = Date.parse('2024-01-01T00:00:00.000Z')
const minutes = [0, 1, 2, 3, 4]
const timeOf = (minute: number): string => new Date(FIRST + minute * 60_000).toISOString()

beforeAll(async () => {
  app = await startTestApp()
  topic = await app.freshTopic({ numPartitions: 2, configs: [{ name: 'retention.ms', value: '-1' }] })
  const messages = minutes.flatMap(minute =>
    [0, 1].map(partition => ({
      partition,
      value: { string: `${partition}-${minute}` },
      timestamp: timeOf(minute),
    })),
  )
  written = await app.produce({ topic, messages })
})
afterAll(() => app[Symbol.asyncDispose]())

/** A group without members that stands at 3 in partition 0 and at 1 in partition 1. */
const idleGroup = async (): Promise<string> => {
  const groupId = freshGroupId('reset')
  await commitOffsets(app.kafka, groupId, { [topic]: [3n, 1n] })
  return groupId
}

interface Offset {
  readonly partition: { readonly partition: number } | null
  readonly offset: string
  readonly lag: string | null
}

interface Failure {
  readonly code: string
  readonly path?: readonly string[] | null
}

interface Change {
  readonly before: readonly Offset[]
  readonly after: readonly Offset[]
  readonly errors: readonly Failure[]
}

const offsetsOf = (offsets: readonly Offset[]) =>
  Object.fromEntries(offsets.map(({ partition, offset }) => [partition?.partition, offset]))

const short = ({ before, after, errors }: Change) => ({
  before: offsetsOf(before),
  after: offsetsOf(after),
  errors: errors.map(({ code }) => code),
})

/** The operation of the contract. */
const reset = async (variables: Omit<ResetGroupOffsetsMutationVariables, 'topic'>) =>
  (await app.dataOf(ResetGroupOffsetsDocument, { topic, ...variables })).resetConsumerGroupOffsets

const CHANGE =
  '{ before { partition { partition } offset lag } after { partition { partition } offset lag } errors { code path } }'

const mutate = async (field: string): Promise<Change> =>
  (await app.dataOf<{ readonly change: Change }>(`mutation { change: ${field} ${CHANGE} }`)).change

const shift = (groupId: string, by: number, dryRun: boolean) =>
  mutate(`resetConsumerGroupOffsets(groupId: "${groupId}", topic: "${topic}", shiftBy: ${by}, dryRun: ${dryRun})`)

const committed = async (groupId: string): Promise<Readonly<Record<string, string>>> => {
  const { group } = await app.dataOf<{ readonly group: { readonly offsets: readonly Offset[] } | null }>(
    'query ($groupId: String!) { group: consumerGroup(groupId: $groupId) { ... on ConsumerGroup { offsets { partition { partition } offset lag } } } }',
    { groupId },
  )
  return offsetsOf(group?.offsets ?? [])
}

/** The plan of Kafka's tool: the offset of each partition. */
const plannedByTool = async (
  groupId: string,
  scenario: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const args = ['--reset-offsets', '--group', groupId, '--topic', topic, ...scenario, '--dry-run', '--export']
  const rows = (await groupToolOutput(app.kafka, args)).split('\n').map(line => line.trim().split(','))
  return Object.fromEntries(rows.filter(([of]) => of === topic).map(([, partition, offset]) => [partition, offset]))
}

/** Columns of the tool's table by partition. */
const byPartition = (rows: readonly ToolRow[], columns: readonly string[]) =>
  Object.fromEntries(rows.map(row => [row.PARTITION, columns.map(column => row[column])]))

const isListed = async (groupId: string): Promise<boolean> =>
  (await listGroupsByTool(app.kafka)).some(({ GROUP }) => GROUP === groupId)

/** What a KafkaJS consumer of the group reads until it has `count` messages: the values. */
const readByKafkaJs = async (groupId: string, count: number): Promise<readonly string[]> => {
  const kafka = new Kafka({ brokers: app.kafka.bootstrapServers.split(','), logLevel: logLevel.NOTHING })
  const consumer = kafka.consumer({ groupId })
  const values: string[] = []
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ message }) => {
        values.push(String(message.value))
      },
    })
    await eventually(() => expect(values.length).toBeGreaterThanOrEqual(count), { within: 30_000 })
  } finally {
    await consumer.disconnect()
  }
  return values.sort()
}

/** What `kafka-console-consumer --group` reads: the values. */
const readByConsole = async (groupId: string, count: number): Promise<readonly string[]> => {
  const args = ['--topic', topic, '--group', groupId, '--max-messages', String(count), '--timeout-ms', '20000']
  const printed = await kafkaToolOutput(app.kafka, 'org.apache.kafka.tools.consumer.ConsoleConsumer', args)
  return printed.split('\n').filter(Boolean).sort()
}

describe('a group without members', () => {
  test.each([
    ['the start', { earliest: true }, ['--to-earliest']],
    ['the end', { latest: true }, ['--to-latest']],
    ['a moment', { timestamp: timeOf(2) }, ['--to-datetime', '2024-01-01T00:02:00.000Z']],
    [
      'a moment after the last message',
      { timestamp: '2030-01-01T00:00:00Z' },
      ['--to-datetime', '2030-01-01T00:00:00.000Z'],
    ],
    ['an offset', { offset: '2' }, ['--to-offset', '2']],
  ])('is set to %s as Kafka’s tool plans it; a dry run changes nothing', async (_, to, scenario) => {
    const groupId = await idleGroup()
    const planned = await reset({ groupId, to, dryRun: true })
    expect(planned.errors).toEqual([])
    expect(offsetsOf(planned.after)).toEqual(await plannedByTool(groupId, scenario))
    expect(offsetsOf(planned.before)).toEqual({ 0: '3', 1: '1' })
    expect(await committed(groupId)).toEqual({ 0: '3', 1: '1' })
    expect(await reset({ groupId, to })).toEqual(planned)
    expect(await committed(groupId)).toEqual(offsetsOf(planned.after))
  })

  test.each([-2, 1, 100])('is shifted by %i as Kafka’s tool plans it', async by => {
    const groupId = await idleGroup()
    const planned = await shift(groupId, by, true)
    expect(planned.errors).toEqual([])
    expect(offsetsOf(planned.after)).toEqual(await plannedByTool(groupId, ['--shift-by', String(by)]))
    expect(await shift(groupId, by, false)).toEqual(planned)
    expect(await committed(groupId)).toEqual(offsetsOf(planned.after))
  })

  test('reads on from there, whoever its consumers are, and Kafka’s tool shows the same', async () => {
    const groupId = await idleGroup()
    const { after } = await reset({
      groupId,
      to: {
        offsets: [
          { partition: 0, offset: '4' },
          { partition: 1, offset: '3' },
        ],
      },
    })
    expect(after.map(({ lag }) => lag)).toEqual(['1', '2'])
    const rows = await describeGroupsByTool(app.kafka, 'offsets', [groupId])
    expect(byPartition(rows, ['CURRENT-OFFSET', 'LOG-END-OFFSET', 'LAG'])).toEqual({
      0: ['4', '5', '1'],
      1: ['3', '5', '2'],
    })
    expect(await readByKafkaJs(groupId, 3)).toEqual(['0-4', '1-3', '1-4'])
    expect(await readByConsole(groupId, 3)).toEqual(['0-4', '1-3', '1-4'])
  })

  test('is set to right after a message, by its cursor', async () => {
    const groupId = await idleGroup()
    const { cursor = '' } = written.find(({ partition, offset }) => partition === 0 && offset === '1') ?? {}
    const { after, errors } = await reset({ groupId, to: { cursor } })
    expect(errors).toEqual([])
    // In the other partition with what came from that message's time on.
    expect(offsetsOf(after)).toEqual({ 0: '2', 1: '1' })
    expect(await committed(groupId)).toEqual({ 0: '2', 1: '1' })
  })

  test('keeps what it has where the log has not the offset', async () => {
    const groupId = await idleGroup()
    const offsets = [
      { partition: 0, offset: '6' },
      { partition: 1, offset: '4' },
      { partition: 2, offset: '0' },
    ]
    const { after, errors } = await reset({ groupId, to: { offsets } })
    expect(errors).toEqual([
      { code: 'OFFSET_OUT_OF_RANGE', message: `Partition 0 of ${topic} has the offsets 0 to 5 (the end), not 6.` },
      { code: 'UNKNOWN_TOPIC_OR_PARTITION', message: `Topic ${topic} has the partitions 0 to 1, no partition 2.` },
    ])
    expect(offsetsOf(after)).toEqual({ 0: '3', 1: '4' })
    expect(await committed(groupId)).toEqual({ 0: '3', 1: '4' })
  })

  test('is given offsets, forgets them, and is deleted', async () => {
    const groupId = await idleGroup()
    const other = await app.freshTopic()
    const at = (of: string, partition: number, offset: number) =>
      `{ topic: "${of}", partition: ${partition}, offset: ${offset}, metadata: "by hand" }`
    const altered = await mutate(
      `alterConsumerGroupOffsets(groupId: "${groupId}", offsets: [${at(topic, 1, 5)}, ${at(other, 0, 0)}, ${at(other, 0, 1)}, ${at(other, 7, 0)}])`,
    )
    expect(altered.errors.map(({ code, path }) => [code, path?.at(-1)])).toEqual([
      ['INVALID_REQUEST', '1'],
      ['INVALID_REQUEST', '2'],
      ['UNKNOWN_TOPIC_OR_PARTITION', '3'],
    ])
    expect(await committed(groupId)).toEqual({ 0: '3', 1: '5' })
    const some = await mutate(`deleteConsumerGroupOffsets(groupId: "${groupId}", topic: "${topic}", partitions: [0])`)
    expect(short(some)).toEqual({ before: { 0: '3' }, after: {}, errors: [] })
    expect(await committed(groupId)).toEqual({ 1: '5' })
    const { deleteGroups } = await app.dataOf<{ readonly deleteGroups: unknown }>(
      `mutation { deleteGroups(groupIds: ["${groupId}", "${groupId}-not"]) { deletedGroupIds errors { code path } } }`,
    )
    expect(deleteGroups).toEqual({
      deletedGroupIds: [groupId],
      errors: [{ code: 'GROUP_ID_NOT_FOUND', path: ['groupIds', '1'] }],
    })
    expect(await isListed(groupId)).toBe(false)
  })
})

describe('a group that does not exist', () => {
  test('is not made by mistake, only when that is asked for', async () => {
    const groupId = freshGroupId('made')
    const { errors } = await reset({ groupId, to: { earliest: true } })
    expect(errors.map(({ code }) => code)).toEqual(['GROUP_ID_NOT_FOUND'])
    const field = `resetConsumerGroupOffsets(groupId: "${groupId}", topic: "${topic}", to: { latest: true }, createGroup: true`
    expect(short(await mutate(`${field}, dryRun: true)`))).toEqual({
      before: {},
      after: { 0: '5', 1: '5' },
      errors: [],
    })
    expect(await isListed(groupId)).toBe(false)
    expect((await mutate(`${field})`)).errors).toEqual([])
    expect(await committed(groupId)).toEqual({ 0: '5', 1: '5' })
  })
})

describe('a group with members', () => {
  test.each([
    ['of the classic protocol', startKafkaJsMember],
    ['of the consumer protocol', startConsumerMember],
  ])('%s is left as it is until they have left', async (_, startMember) => {
    const groupId = await idleGroup()
    {
      await using _member = await startMember(app.kafka, { groupId, topic })
      const refused = { before: { 0: '3', 1: '1' }, after: { 0: '3', 1: '1' }, errors: ['UNKNOWN_MEMBER_ID'] }
      for (const dryRun of [true, false])
        expect(short(await reset({ groupId, to: { earliest: true }, dryRun }))).toEqual(refused)
      expect(short(await mutate(`deleteConsumerGroupOffsets(groupId: "${groupId}", topic: "${topic}")`))).toEqual({
        ...refused,
        errors: ['GROUP_SUBSCRIBED_TO_TOPIC'],
      })
      const { deleteGroups } = await app.dataOf<{ readonly deleteGroups: unknown }>(
        `mutation { deleteGroups(groupIds: ["${groupId}"]) { deletedGroupIds errors { code } } }`,
      )
      expect(deleteGroups).toEqual({ deletedGroupIds: [], errors: [{ code: 'NON_EMPTY_GROUP' }] })
      expect(await committed(groupId)).toEqual({ 0: '3', 1: '1' })
    }
    await eventually(async () => expect((await reset({ groupId, to: { earliest: true } })).errors).toEqual([]))
    expect(await committed(groupId)).toEqual({ 0: '0', 1: '0' })
  })

  test('that shares partitions is left as it is until they have left; then it is set to where it shall start', async () => {
    const groupId = freshGroupId('share')
    const to = { offsets: [{ partition: 1, offset: '3' }] }
    {
      await using _member = await startShareMember(app.kafka, { groupId, topic })
      for (const dryRun of [true, false]) {
        expect(short(await reset({ groupId, to, dryRun })).errors).toEqual(['NON_EMPTY_GROUP'])
      }
    }
    const { after } = await eventually(async () => {
      const done = await reset({ groupId, to })
      expect(done.errors).toEqual([])
      return done
    })
    expect(offsetsOf(after)).toEqual({ 1: '3' })
    const rows = await describeShareGroupByTool(app.kafka, 'offsets', groupId)
    expect(byPartition(rows, ['START-OFFSET'])).toMatchObject({ 1: ['3'] })
    expect(await mutate(`deleteConsumerGroupOffsets(groupId: "${groupId}", topic: "${topic}")`)).toMatchObject({
      errors: [{ code: 'GROUP_ID_NOT_FOUND', path: ['groupId'] }],
    })
  })

  test.each([
    ['classic', startClassicMember],
    ['consumer', startConsumerMember],
  ])('of the %s protocol loses the static ones that are removed, and is empty then', async (_, startMember) => {
    const groupId = await idleGroup()
    const remove = async (ids = '') => {
      const field = `removeMembersFromConsumerGroup(groupId: "${groupId}"${ids}) { group { groupState } errors { code path } }`
      return (await app.dataOf<{ readonly remove: unknown }>(`mutation { remove: ${field} }`)).remove
    }
    // Ended, a static member is still one.
    const properties = { 'group.instance.id': 'static-1' }
    await (await startMember(app.kafka, { groupId, topic, properties }))[Symbol.asyncDispose]()
    expect((await reset({ groupId, to: { earliest: true } })).errors.map(({ code }) => code)).toEqual([
      'UNKNOWN_MEMBER_ID',
    ])
    expect(await remove(', groupInstanceIds: ["static-2"]')).toMatchObject({
      errors: [{ code: 'UNKNOWN_MEMBER_ID', path: ['groupInstanceIds', '0'] }],
    })
    expect(await remove()).toEqual({ group: { groupState: 'EMPTY' }, errors: [] })
    expect((await reset({ groupId, to: { earliest: true } })).errors).toEqual([])
  })
})
