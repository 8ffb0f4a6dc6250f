import { kafkaToolOutput, type ToolTarget } from './kafka-tools.ts'

const topicCommand = 'org.apache.kafka.tools.TopicCommand'

/** A partition as `kafka-topics --describe` prints it. */
interface DescribedPartition {
  readonly partition: number
  /** Undefined when it has none. */
  readonly leader: number | undefined
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

/** A topic as `kafka-topics --describe` prints it. */
export interface DescribedTopic {
  readonly name: string
  readonly topicId: string
  readonly partitionCount: number
  readonly replicationFactor: number
  readonly configs: Readonly<Record<string, string>>
  readonly partitions: readonly DescribedPartition[]
}

/** The options of a new topic. Missing ones use the broker's defaults. */
export interface TopicToolOptions {
  readonly partitions?: number
  readonly replicationFactor?: number
  readonly configs?: Readonly<Record<string, string>>
}

/** `kafka-topics --create`. */
export async function createTopicByTool(target: ToolTarget, topic: string, options: TopicToolOptions = {}) {
  const args = ['--create', '--topic', topic]
  if (options.partitions !== undefined) args.push('--partitions', String(options.partitions))
  if (options.replicationFactor !== undefined) args.push('--replication-factor', String(options.replicationFactor))
  for (const [key, value] of Object.entries(options.configs ?? {})) args.push('--config', `${key}=${value}`)
  await kafkaToolOutput(target, topicCommand, args)
}

/** `kafka-topics --delete`. */
export async function deleteTopicByTool(target: ToolTarget, topic: string): Promise<void> {
  await kafkaToolOutput(target, topicCommand, ['--delete', '--topic', topic])
}

/** `kafka-topics --list`: the names. */
export async function listTopics(target: ToolTarget): Promise<readonly string[]> {
  const printed = await kafkaToolOutput(target, topicCommand, ['--list'])
  return printed.split('\n').filter(Boolean)
}

/** `kafka-topics --describe` of one topic. */
export async function describeTopic(target: ToolTarget, topic: string): Promise<DescribedTopic> {
  const printed = await kafkaToolOutput(target, topicCommand, ['--describe', '--topic', topic])
  return parseDescription(printed)
}

/**
 * Parses the output of `kafka-topics --describe` for one topic: a line for the topic, then a line for each partition.
 */
export function parseDescription(printed: string): DescribedTopic {
  const [head = {}, ...rest] = printed.split('\n').filter(Boolean).map(fieldsOf)
  return {
    name: head.Topic ?? '',
    topicId: head.TopicId ?? '',
    partitionCount: Number(head.PartitionCount),
    replicationFactor: Number(head.ReplicationFactor),
    configs: configsOf(head.Configs ?? ''),
    partitions: rest.map(fields => ({
      partition: Number(fields.Partition),
      leader: fields.Leader === 'none' ? undefined : Number(fields.Leader),
      replicas: numbersOf(fields.Replicas),
      isr: numbersOf(fields.Isr),
    })),
  }
}

/** `Name: value` pairs between tabs. */
function fieldsOf(line: string): Readonly<Record<string, string>> {
  const pairs = line.split('\t').map(field => /^\s*(\w+):\s?(.*)$/.exec(field))
  return Object.fromEntries(pairs.flatMap(pair => (pair ? [[pair[1], pair[2]?.trim() ?? '']] : [])))
}

/** `a=1,b=2`; a comma without `name=` after it belongs to the value. */
function configsOf(text: string): Readonly<Record<string, string>> {
  const parts = text.split(/,(?=[\w.]+=)/).filter(Boolean)
  return Object.fromEntries(parts.map(part => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]))
}

function numbersOf(list = ''): readonly number[] {
  return list.split(',').filter(Boolean).map(Number)
}
