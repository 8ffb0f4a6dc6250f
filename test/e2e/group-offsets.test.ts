import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { describeGroupsByTool, groupToolOutput, listGroupsByTool } from '../support/group-tool.ts'
import { kafkaToolOutput } from '../support/kafka-tools.ts'
import { byPartition, offsetsOf, openResetScene, type ResetScene, short, timeOf } from './reset-scene.ts'

let scene: ResetScene

beforeAll(async () => {
  scene = await openResetScene()
})
afterAll(() => scene[Symbol.asyncDispose]())

const shift = (groupId: string, by: number, dryRun: boolean) =>
  scene.mutate(
    `resetConsumerGroupOffsets(groupId: "${groupId}", topic: "${scene.topic}", shiftBy: ${by}, dryRun: ${dryRun})`,
  )

/** The plan of Kafka's tool: the offset of each partition. */
const plannedByTool = async (
  groupId: string,
  scenario: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const args = ['--reset-offsets', '--group', groupId, '--topic', scene.topic, ...scenario, '--dry-run', '--export']
  const rows = (await groupToolOutput(scene.app.kafka, args)).split('\n').map(line => line.trim().split(','))
  return Object.fromEntries(
    rows.filter(([of]) => of === scene.topic).map(([, partition, offset]) => [partition, offset]),
  )
}

const isListed = async (groupId: string): Promise<boolean> =>
  (await listGroupsByTool(scene.app.kafka)).some(({ GROUP }) => GROUP === groupId)

/** What a KafkaJS consumer of the group reads until it has `count` messages: the values. */
const readByKafkaJs = async (groupId: string, count: number): Promise<readonly string[]> => {
  const kafka = new Kafka({ brokers: scene.app.kafka.bootstrapServers.split(','), logLevel: logLevel.NOTHING })
  const consumer = kafka.consumer({ groupId })
  const values: string[] = []
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [scene.topic], fromBeginning: true })
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
  const args = ['--topic', scene.topic, '--group', groupId, '--max-messages', String(count), '--timeout-ms', '20000']
  const printed = await kafkaToolOutput(scene.app.kafka, 'org.apache.kafka.tools.consumer.ConsoleConsumer', args)
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
    const groupId = await scene.idleGroup()
    const planned = await scene.reset({ groupId, to, dryRun: true })
    expect(planned.errors).toEqual([])
    expect(offsetsOf(planned.after)).toEqual(await plannedByTool(groupId, scenario))
    expect(offsetsOf(planned.before)).toEqual({ 0: '3', 1: '1' })
    expect(await scene.committed(groupId)).toEqual({ 0: '3', 1: '1' })
    expect(await scene.reset({ groupId, to })).toEqual(planned)
    expect(await scene.committed(groupId)).toEqual(offsetsOf(planned.after))
  })

  test.each([-2, 1, 100])('is shifted by %i as Kafka’s tool plans it', async by => {
    const groupId = await scene.idleGroup()
    const planned = await shift(groupId, by, true)
    expect(planned.errors).toEqual([])
    expect(offsetsOf(planned.after)).toEqual(await plannedByTool(groupId, ['--shift-by', String(by)]))
    expect(await shift(groupId, by, false)).toEqual(planned)
    expect(await scene.committed(groupId)).toEqual(offsetsOf(planned.after))
  })

  test('reads on from there, whoever its consumers are, and Kafka’s tool shows the same', async () => {
    const groupId = await scene.idleGroup()
    const { after } = await scene.reset({
      groupId,
      to: {
        offsets: [
          { partition: 0, offset: '4' },
          { partition: 1, offset: '3' },
        ],
      },
    })
    expect(after.map(({ lag }) => lag)).toEqual(['1', '2'])
    const rows = await describeGroupsByTool(scene.app.kafka, 'offsets', [groupId])
    expect(byPartition(rows, ['CURRENT-OFFSET', 'LOG-END-OFFSET', 'LAG'])).toEqual({
      0: ['4', '5', '1'],
      1: ['3', '5', '2'],
    })
    expect(await readByKafkaJs(groupId, 3)).toEqual(['0-4', '1-3', '1-4'])
    expect(await readByConsole(groupId, 3)).toEqual(['0-4', '1-3', '1-4'])
  })

  test('is set to right after a message, by its cursor', async () => {
    const groupId = await scene.idleGroup()
    const { cursor = '' } = scene.written.find(({ partition, offset }) => partition === 0 && offset === '1') ?? {}
    const { after, errors } = await scene.reset({ groupId, to: { cursor } })
    expect(errors).toEqual([])
    // In the other partition with what came from that message's time on.
    expect(offsetsOf(after)).toEqual({ 0: '2', 1: '1' })
    expect(await scene.committed(groupId)).toEqual({ 0: '2', 1: '1' })
  })

  test('keeps what it has where the log has not the offset', async () => {
    const groupId = await scene.idleGroup()
    const offsets = [
      { partition: 0, offset: '6' },
      { partition: 1, offset: '4' },
      { partition: 2, offset: '0' },
    ]
    const { after, errors } = await scene.reset({ groupId, to: { offsets } })
    expect(errors).toEqual([
      {
        code: 'OFFSET_OUT_OF_RANGE',
        message: `Partition 0 of ${scene.topic} has the offsets 0 to 5 (the end), not 6.`,
      },
      {
        code: 'UNKNOWN_TOPIC_OR_PARTITION',
        message: `Topic ${scene.topic} has the partitions 0 to 1, no partition 2.`,
      },
    ])
    expect(offsetsOf(after)).toEqual({ 0: '3', 1: '4' })
    expect(await scene.committed(groupId)).toEqual({ 0: '3', 1: '4' })
  })

  test('is given offsets, forgets them, and is deleted', async () => {
    const groupId = await scene.idleGroup()
    const other = await scene.app.freshTopic()
    const at = (of: string, partition: number, offset: number) =>
      `{ topic: "${of}", partition: ${partition}, offset: ${offset}, metadata: "by hand" }`
    const altered = await scene.mutate(
      `alterConsumerGroupOffsets(groupId: "${groupId}", offsets: [${at(scene.topic, 1, 5)}, ${at(other, 0, 0)}, ${at(other, 0, 1)}, ${at(other, 7, 0)}])`,
    )
    expect(altered.errors.map(({ code, path }) => [code, path?.at(-1)])).toEqual([
      ['INVALID_REQUEST', '1'],
      ['INVALID_REQUEST', '2'],
      ['UNKNOWN_TOPIC_OR_PARTITION', '3'],
    ])
    expect(await scene.committed(groupId)).toEqual({ 0: '3', 1: '5' })
    const some = await scene.mutate(
      `deleteConsumerGroupOffsets(groupId: "${groupId}", topic: "${scene.topic}", partitions: [0])`,
    )
    expect(short(some)).toEqual({ before: { 0: '3' }, after: {}, errors: [] })
    expect(await scene.committed(groupId)).toEqual({ 1: '5' })
    const { deleteGroups } = await scene.app.dataOf<{ readonly deleteGroups: unknown }>(
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
    const groupId = scene.freshGroup()
    const { errors } = await scene.reset({ groupId, to: { earliest: true } })
    expect(errors.map(({ code }) => code)).toEqual(['GROUP_ID_NOT_FOUND'])
    const field = `resetConsumerGroupOffsets(groupId: "${groupId}", topic: "${scene.topic}", to: { latest: true }, createGroup: true`
    expect(short(await scene.mutate(`${field}, dryRun: true)`))).toEqual({
      before: {},
      after: { 0: '5', 1: '5' },
      errors: [],
    })
    expect(await isListed(groupId)).toBe(false)
    expect((await scene.mutate(`${field})`)).errors).toEqual([])
    expect(await scene.committed(groupId)).toEqual({ 0: '5', 1: '5' })
  })
})
