import type { ConfigResourceType } from '../../src/kafka/cluster.ts'
import { kafkaToolOutput, type ToolTarget } from './kafka-tools.ts'

const configCommand = 'kafka.admin.ConfigCommand'

const ENTITY_TYPES: Readonly<Record<ConfigResourceType, string>> = {
  TOPIC: 'topics',
  BROKER: 'brokers',
  BROKER_LOGGER: 'broker-loggers',
  CLIENT_METRICS: 'client-metrics',
  GROUP: 'groups',
}

interface Entity {
  readonly type: ConfigResourceType
  /** "" with BROKER: the default of all brokers. */
  readonly name: string
}

const entityArgs = ({ type, name }: Entity): readonly string[] => [
  '--entity-type',
  ENTITY_TYPES[type],
  ...(name === '' ? ['--entity-default'] : ['--entity-name', name]),
]

/** `kafka-configs --describe`: the values set on this entity itself, by name. */
export async function describeConfigsByTool(
  target: ToolTarget,
  entity: Entity,
): Promise<Readonly<Record<string, string>>> {
  const printed = await kafkaToolOutput(target, configCommand, [...entityArgs(entity), '--describe'])
  const lines = [...printed.matchAll(/^ {2}([^=\s]+)=(.*?) sensitive=(?:true|false) synonyms=/gm)]
  return Object.fromEntries(lines.map(([, name, value]) => [name, value]))
}

/** `kafka-configs --alter`: sets these and resets those in `deleted` to their defaults. */
export async function alterConfigsByTool(
  target: ToolTarget,
  entity: Entity,
  set: Readonly<Record<string, string>>,
  deleted: readonly string[] = [],
): Promise<void> {
  const added = Object.entries(set).map(([name, value]) => `${name}=[${value}]`)
  const args = ['--alter', ...entityArgs(entity)]
  if (added.length > 0) args.push('--add-config', added.join(','))
  if (deleted.length > 0) args.push('--delete-config', deleted.join(','))
  await kafkaToolOutput(target, configCommand, args)
}
