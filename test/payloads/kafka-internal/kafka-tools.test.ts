import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredMessage } from '../../../src/kafka/message.ts'
import { type Offset, toOffset } from '../../../src/kafka/offset.ts'
import { Payload } from '../../../src/kafka/payload.ts'
import type { LogId } from '../../../src/kafka/ports/log-source.ts'
import {
  readConsumerOffsets,
  readShareGroupState,
  readTransactionState,
} from '../../../src/payloads/kafka-internal/read-internal.ts'
import type { Decoded } from '../../../src/payloads/schema-codec.ts'
import { type OpenSource, openSource } from '../../kafkajs/read/fetch/open-source.ts'
import { openSink } from '../../kafkajs/write/open-sink.ts'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import {
  commitOffsets,
  freshGroupId,
  startConsumerMember,
  startKafkaJsMember,
  startShareMember,
} from '../../support/groups.ts'
import { freshTopicName, sharedKafka } from '../../support/kafka.ts'
import { kafkaToolOutput, type ToolTarget } from '../../support/kafka-tools.ts'
import { startStreamsMember } from '../../support/streams-member.ts'

type Read = (payload: Payload) => Decoded

let kafka: ToolTarget
let open: OpenSource

beforeAll(async () => {
  kafka = await sharedKafka()
  open = await openSource(kafka.bootstrapServers)
})

afterAll(() => open[Symbol.asyncDispose]())

const dataOf = async (log: LogId): Promise<readonly StoredMessage[]> => {
  const messages: StoredMessage[] = []
  let offset: Offset = toOffset(0)
  for (;;) {
    const bounds = { maxBytes: 1 << 20, maxWaitMs: 0, isolationLevel: 'READ_UNCOMMITTED' } as const
    const slice = await open.source.read({ log, offset, ...bounds }, AbortSignal.timeout(30_000))
    messages.push(...slice.messages)
    if (slice.next >= slice.endOffset) return messages
    offset = slice.next
  }
}

/** The messages of the partition that has a key with this text. */
const partitionWith = (topic: string, text: string): Promise<readonly StoredMessage[]> =>
  eventually(async () => {
    const all = await Promise.all((await open.logsOf(topic)).map(dataOf))
    return all.find(messages => messages.some(({ key }) => key?.includes(text))) ?? expect.fail(`${text} is not there`)
  })

const shownBy = (read: Read, topic: OpenSourceTopic, message: StoredMessage): unknown => {
  const part = (name: 'KEY' | 'VALUE', bytes: Buffer | null): unknown =>
    bytes === null ? null : read(new Payload(topic, name, bytes, message)).value
  return { key: part('KEY', message.key), value: part('VALUE', message.value) }
}

type OpenSourceTopic = LogId['topic']

/** What Kafka's own tool prints of the same messages. It prints the objects without anything between them. */
const printedBy = async (
  formatter: string,
  topic: string,
  messages: readonly StoredMessage[],
): Promise<readonly unknown[]> => {
  const partition = String(messages[0]?.partition)
  const range = ['--partition', partition, '--offset', 'earliest', '--max-messages', String(messages.length)]
  const text = await kafkaToolOutput(kafka, 'org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...['--topic', topic, ...range, '--timeout-ms', '30000'],
    ...['--formatter', `org.apache.kafka.tools.consumer.${formatter}`],
  ])
  const exact = text.replaceAll(/([:[,])(-?\d{16,})(?=[,\]}])/g, (all, before, digits) =>
    Number.isSafeInteger(Number(digits)) ? all : `${before}"${digits}"`,
  )
  return JSON.parse(`[${exact.trim().replaceAll(/\}\s*\{"key"/g, '},{"key"')}]`)
}

/** Our form has the name of the record as well. */
const withoutNames = (shown: unknown): unknown =>
  JSON.parse(JSON.stringify(shown, (_, value) => (value?.data === undefined ? value : { ...value, name: undefined })))

const compare = async (topic: string, text: string, read: Read, formatter: string): Promise<number> => {
  const messages = await partitionWith(topic, text)
  const [log] = await open.logsOf(topic)
  const printed = await printedBy(formatter, topic, messages)
  const ours = messages.map(message => withoutNames(shownBy(read, log?.topic ?? expect.fail(topic), message)))
  // Each formatter prints only some types of records.
  for (const one of printed) expect(ours).toContainEqual(one)
  return printed.length
}

describe('Kafka’s own topics are read as Kafka’s tools print them', () => {
  it('committed offsets', async () => {
    const topic = freshTopicName()
    await open.createLogs(topic, 2)
    const groupId = freshGroupId('committed')
    await commitOffsets(kafka, groupId, { [topic]: [5n, 7n] })
    const count = await compare('__consumer_offsets', groupId, readConsumerOffsets, 'OffsetsMessageFormatter')
    expect(count).toBeGreaterThanOrEqual(2)
  })

  it('classic groups', async () => {
    const topic = freshTopicName()
    await open.createLogs(topic, 2)
    const groupId = freshGroupId('classic')
    await using _ = await startKafkaJsMember(kafka, { groupId, topic })
    const count = await compare('__consumer_offsets', groupId, readConsumerOffsets, 'GroupMetadataMessageFormatter')
    expect(count).toBeGreaterThanOrEqual(1)
  })

  it('share groups, and the state of their partitions', async () => {
    const topic = freshTopicName()
    await open.createLogs(topic, 2)
    const groupId = freshGroupId('share')
    await using _ = await startShareMember(kafka, { groupId, topic })
    const state = 'group.share.ShareGroupStateMessageFormatter'
    expect(await compare('__share_group_state', groupId, readShareGroupState, state)).toBeGreaterThanOrEqual(1)
    const group = await compare('__consumer_offsets', groupId, readConsumerOffsets, 'ShareGroupMessageFormatter')
    expect(group).toBeGreaterThanOrEqual(3)
  })

  it('transactions', async () => {
    const topic = freshTopicName()
    await open.createLogs(topic, 1)
    await using sink = openSink(kafka.bootstrapServers)
    const message = { topic: (await open.logsOf(topic))[0]?.topic ?? expect.fail(topic), partition: 0 }
    const rest = { key: null, value: Buffer.from('x'), headers: [], timestamp: null }
    const options = { acks: 'ALL', compressionType: 'NONE', transactional: true, timeoutMs: 30_000 } as const
    await sink.sink.produce(testCall, [{ ...message, ...rest }], options)
    const [log] = await open.logsOf('__transaction_state')
    const all = (await Promise.all((await open.logsOf('__transaction_state')).map(dataOf))).filter(
      one => one.length > 0,
    )
    const messages = all[0] ?? expect.fail('no transaction was written')
    const printed = await printedBy('TransactionLogMessageFormatter', '__transaction_state', messages)
    const ours = messages.map(one => withoutNames(shownBy(readTransactionState, log?.topic ?? expect.fail(), one)))
    expect(ours).toEqual(printed)
  })

  // No tool of Kafka prints these records. The golden files compare them with Kafka's own classes.
  it('groups of the consumer and the streams protocol, whole', async () => {
    const topic = freshTopicName()
    await open.createLogs(topic, 2)
    const [consumers, streams] = [freshGroupId('consumer'), freshGroupId('streams')]
    await using _consumer = await startConsumerMember(kafka, { groupId: consumers, topic })
    await using _streams = await startStreamsMember(kafka, { groupId: streams, topic })
    for (const [groupId, kinds] of [
      [
        consumers,
        ['ConsumerGroupMetadataKey', 'ConsumerGroupMemberMetadataKey', 'ConsumerGroupCurrentMemberAssignmentKey'],
      ],
      [streams, ['StreamsGroupMetadataKey', 'StreamsGroupTopologyKey', 'StreamsGroupMemberMetadataKey']],
    ] as const) {
      const [log] = await open.logsOf('__consumer_offsets')
      const shown = (await partitionWith('__consumer_offsets', groupId)).map(message =>
        shownBy(readConsumerOffsets, log?.topic ?? expect.fail(), message),
      )
      for (const name of kinds)
        expect(shown).toContainEqual({
          key: { type: expect.any(Number), name, data: expect.objectContaining({ groupId }) },
          value: expect.objectContaining({ version: 0 }),
        })
    }
  })
})
