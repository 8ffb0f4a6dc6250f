import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type Cluster, Kafka, logLevel } from 'kafkajs'
import { eventually } from './eventually.ts'
import { kafkaToolCommand, type ToolTarget } from './kafka-tools.ts'
import { startProgram } from './start-program.ts'

const memberLog = fileURLToPath(new URL('./java/member-log4j2.properties', import.meta.url))

/** A unique group id. */
export const freshGroupId = (prefix = 'group'): string => `${prefix}-${randomUUID().slice(0, 13)}`

/** A member to start. */
export interface MemberOptions {
  readonly groupId: string
  readonly topic: string
  readonly clientId?: string
  /** Consumer settings, such as `client.rack`; Java members only. */
  readonly properties?: Readonly<Record<string, string>>
}

/** A running group member. When disposed, it leaves the group and ends. */
export interface GroupMember extends AsyncDisposable {
  readonly clientId: string
}

const kafkaJs = ({ bootstrapServers }: ToolTarget, clientId: string) =>
  new Kafka({ brokers: bootstrapServers.split(','), clientId, logLevel: logLevel.NOTHING })

/**
 * A KafkaJS consumer in a classic group. It reads from the beginning and commits nothing. Resolves when it has joined.
 */
export async function startKafkaJsMember(target: ToolTarget, options: MemberOptions): Promise<GroupMember> {
  const { groupId, topic, clientId = 'kafkajs-member' } = options
  const consumer = kafkaJs(target, clientId).consumer({ groupId, heartbeatInterval: 500, maxWaitTimeInMs: 250 })
  const joined = new Promise<void>(resolve => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve())
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({ autoCommit: false, eachMessage: async () => {} })
  await joined
  return { clientId, [Symbol.asyncDispose]: () => consumer.disconnect() }
}

/** The log lines of members that have their partitions, in the classic and in the newer protocols. */
const HAS_JOINED = /Adding newly assigned partitions|to STABLE\./
const JOINING = { within: 60_000 }

const startJavaMember = async (
  target: ToolTarget,
  className: string,
  args: readonly string[],
  { groupId, topic, clientId = 'java-member', properties = {} }: MemberOptions,
): Promise<GroupMember> => {
  const to = ['--bootstrap-server', target.bootstrapServers, '--topic', topic, '--group', groupId]
  const settings = Object.entries({ ...properties, 'client.id': clientId })
  const all = [...to, ...args, ...settings.flatMap(([key, value]) => ['--command-property', `${key}=${value}`])]
  const command = await kafkaToolCommand(className, all, memberLog)
  const program = startProgram(command.java, command.args)
  try {
    await eventually(() => {
      if (HAS_JOINED.test(program.stdout)) return
      throw new Error(`${className} has not joined: ${program.stdout}${program.stderr}`)
    }, JOINING)
  } catch (error) {
    await program[Symbol.asyncDispose]()
    throw error
  }
  return { clientId, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() }
}

/**
 * `kafka-console-consumer` in a classic group. With a `groupInstanceId` it is static and stays a member when it ends.
 */
export function startClassicMember(
  target: ToolTarget,
  { groupInstanceId, ...options }: MemberOptions & { readonly groupInstanceId?: string },
): Promise<GroupMember> {
  const identity = groupInstanceId === undefined ? {} : { 'group.instance.id': groupInstanceId }
  const properties = { ...options.properties, ...identity }
  return startJavaMember(target, 'org.apache.kafka.tools.consumer.ConsoleConsumer', [], { ...options, properties })
}

/** `kafka-console-consumer` in a group of the consumer protocol (KIP-848). */
export function startConsumerMember(target: ToolTarget, options: MemberOptions): Promise<GroupMember> {
  const properties = { ...options.properties, 'group.protocol': 'consumer' }
  return startJavaMember(target, 'org.apache.kafka.tools.consumer.ConsoleConsumer', [], { ...options, properties })
}

/** `kafka-console-share-consumer`: a member of a share group. */
export function startShareMember(target: ToolTarget, options: MemberOptions): Promise<GroupMember> {
  return startJavaMember(target, 'org.apache.kafka.tools.consumer.ConsoleShareConsumer', [], options)
}

/** Offsets to commit, by topic and then by partition: `{ orders: [5n, 7n] }`. */
export type OffsetsByTopic = Readonly<Record<string, readonly bigint[]>>

/** Commits offsets with KafkaJS without joining. This creates a group without members. */
export async function commitOffsets(target: ToolTarget, groupId: string, offsets: OffsetsByTopic): Promise<void> {
  const cluster = clusterOf(target)
  await cluster.connect()
  try {
    const topics = Object.entries(offsets).map(([topic, partitions]) => ({
      topic,
      partitions: partitions.map((offset, partition) => ({ partition, offset: String(offset) })),
    }))
    // Kafka names the coordinator of a cluster's first group before that broker has taken the group over.
    await eventually(async () => {
      const coordinator = await cluster.findGroupCoordinator({ groupId })
      await coordinator.offsetCommit({ groupId, groupGenerationId: -1, memberId: '', topics })
    })
  } finally {
    await cluster.disconnect()
  }
}

/** KafkaJS's Cluster, which it only passes to partition assigners. */
const clusterOf = (target: ToolTarget): Cluster => {
  let found: Cluster | undefined
  const assigner = ({ cluster }: { readonly cluster: Cluster }) => {
    found = cluster
    const protocol = () => ({ name: 'none', metadata: Buffer.alloc(0) })
    return { name: 'none', version: 1, assign: async () => [], protocol }
  }
  kafkaJs(target, 'committer').consumer({ groupId: 'never-joined', partitionAssigners: [assigner] })
  if (found === undefined) throw new Error('kafkajs hands no Cluster to partition assigners')
  return found
}
