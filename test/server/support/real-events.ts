import { createSourceEventStream, type GraphQLSchema, parse } from 'graphql'
import { PassQueue } from '../../../src/async/pass-queue.ts'
import { createContext, type GraphQLContext } from '../../../src/graphql/core/context.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import type { StreamEvent } from '../../../src/kafka/ports/message-streams.ts'
import { createPayloadReader } from '../../../src/payloads/read/payload-reader.ts'
import { ScriptedGroups } from '../../graphql/group/scripted-groups.ts'
import { harness, limits } from '../../graphql/harness.ts'
import { batchOf, storedMessage } from '../../graphql/message/scripted-streams.ts'
import { avroSchema, framed, SchemasInMemory } from '../../payloads/read/reading.ts'

/** An event as the source of a root field yields it. */
export interface RealEvent {
  readonly field: string
  readonly event: unknown
}

/** Events of the schema's own sources, and what its resolvers need. */
export interface RealEvents {
  readonly events: readonly RealEvent[]
  newContext(): GraphQLContext
}

const bytes = (text: string) => Buffer.from(text)

const messages = [
  storedMessage({ key: bytes('ishwar'), value: bytes('{"n": 1, "big": 9007199254740993}'), serializedSize: 40 }),
  storedMessage({ offset: toOffset(1), timestamp: -1, headers: [{ key: 'trace', value: bytes('a') }] }),
  storedMessage({
    offset: toOffset(2),
    value: Buffer.from([0xff, 0x00]),
    headers: [
      { key: 'trace', value: null },
      { key: 'k', value: bytes('text') },
    ],
  }),
]

/** Payloads in other formats: of a schema that comes later, broken, without a schema, MessagePack. */
const encoded = [
  framed(7, Buffer.from('06616461', 'hex')),
  framed(7, Buffer.from('0661', 'hex')),
  framed(8, bytes('x')),
  Buffer.from('82a16e01a46e616d65a3616461', 'hex'),
].map((value, at) => storedMessage({ offset: toOffset(3 + at), key: Buffer.from([0, 0, 0, at]), value }))

const lateReader = () => {
  const schemas = new SchemasInMemory([
    avroSchema(7, { type: 'record', name: 'User', fields: [{ name: 'name', type: 'string' }] }),
  ])
  schemas.isLate = true
  return createPayloadReader({ schemas })
}

const position = { partition: 0, begin: toOffset(0), position: toOffset(3), end: toOffset(3) }

const streamed = (): readonly StreamEvent[] => {
  const batch = batchOf('orders', [...messages, ...encoded])
  const { topic, cursor } = batch
  return [
    batch,
    { kind: 'caughtUp', topic, cursor, positions: [position] },
    {
      kind: 'gap',
      topic,
      partition: 1,
      fromOffset: toOffset(2),
      toOffset: toOffset(5),
      reason: 'RETENTION',
      cursor,
    },
    { kind: 'progress', topic, cursor, messagesScanned: 7n, lag: 2n },
  ]
}

const scene = () => {
  const groups = new ScriptedGroups({ readers: { committed: { orders: [2, 0] } } })
  const listed = { groupId: 'readers', type: 'CLASSIC', protocol: 'consumer', state: 'EMPTY', coordinator: 1 } as const
  groups.listGroups = async () => ({ groups: [listed], failures: [] })
  return { groups, ...harness({ brokers: 3, topics: { orders: 2 }, ports: { groups } }) }
}

/** Causes events of messages and of live changes, and keeps them as their sources yield them. */
export const realEvents = async (schema: GraphQLSchema): Promise<RealEvents> => {
  const { kafka, groups, streams, ports } = scene()
  const events: RealEvent[] = []
  const newContext = createContext({ ports, payloads: lateReader(), limits, passes: new PassQueue() })
  const open = async (field: string, given = '') => {
    const document = parse(`subscription { ${field}${given} { __typename } }`)
    const source = await createSourceEventStream({ schema, document, contextValue: newContext() })
    if (!(Symbol.asyncIterator in source)) throw new Error(JSON.stringify(source))
    const iterator = source[Symbol.asyncIterator]()
    const take = async (count = 1): Promise<void> => {
      for (let taken = 0; taken < count; taken++) events.push({ field, event: (await iterator.next()).value })
    }
    return { take, close: () => iterator.return?.() }
  }

  const single = await open('messages', '(topic: "orders")')
  streams.play(batchOf('orders', [...messages, ...encoded]))
  await single.take(messages.length + encoded.length)
  const batches = await open('messageStream', '(input: { topics: ["orders"] })')
  streams.play(...streamed())
  await batches.take(streamed().length)

  const partitions = await open('partitionChanged', '(interval: "PT0.1S")')
  kafka.setLeader('orders', 0, 2)
  await partitions.take()
  kafka.setIsr('orders', 0, [2, 3])
  await partitions.take()
  kafka.setLeader('orders', 1, null)
  await partitions.take()

  const topics = await open('topicChanged')
  kafka.addTopic('clicks', 1)
  await topics.take()
  kafka.addPartitions('clicks', 3)
  await topics.take()
  kafka.removeTopic('clicks')
  await topics.take()

  const health = await open('clusterHealth', '(interval: "PT0.1S")')
  await health.take()
  const lag = await open('consumerGroupLag', '(groupIds: ["readers"], interval: "PT0.1S")')
  await lag.take()
  const changedGroups = await open('groupChanged', '(groupIds: ["workers"])')
  const workers = new ScriptedGroups({ workers: { members: ['one'] } })
  groups.describeGroups = (call, ids) => workers.describeGroups(call, ids)
  await changedGroups.take(2)

  for (const { close } of [single, batches, partitions, topics, health, lag, changedGroups]) await close()
  return { events, newContext }
}
