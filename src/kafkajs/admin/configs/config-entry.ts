import type { ConfigEntry, ConfigSource, ConfigType } from '../../../kafka/cluster.ts'
import type { WireConfig } from '../../requests/configs/describe-configs.ts'

/** Indexed by Kafka's number. Unknown numbers of newer Kafka versions become UNKNOWN. */
const SOURCES: readonly ConfigSource[] = [
  'UNKNOWN',
  'DYNAMIC_TOPIC_CONFIG',
  'DYNAMIC_BROKER_CONFIG',
  'DYNAMIC_DEFAULT_BROKER_CONFIG',
  'STATIC_BROKER_CONFIG',
  'DEFAULT_CONFIG',
  'DYNAMIC_BROKER_LOGGER_CONFIG',
  'DYNAMIC_CLIENT_METRICS_CONFIG',
  'DYNAMIC_GROUP_CONFIG',
]

const TYPES: readonly ConfigType[] = [
  'UNKNOWN',
  'BOOLEAN',
  'STRING',
  'INT',
  'SHORT',
  'LONG',
  'DOUBLE',
  'LIST',
  'CLASS',
  'PASSWORD',
]

const sourceOf = (number: number): ConfigSource => SOURCES[number] ?? 'UNKNOWN'

const byName = (one: ConfigEntry, other: ConfigEntry): number => (one.name < other.name ? -1 : 1)

const entryOf = (config: WireConfig): ConfigEntry => ({
  name: config.name,
  value: config.isSensitive ? null : config.value,
  source: sourceOf(config.source),
  type: TYPES[config.type] ?? 'UNKNOWN',
  isSensitive: config.isSensitive,
  isReadOnly: config.isReadOnly,
  synonyms: config.synonyms.map(({ name, value, source }) => ({ name, value, source: sourceOf(source) })),
  documentation: config.documentation,
})

/** Converts a resource's configs, sorted by name. */
export const configEntriesOf = (configs: readonly WireConfig[]): readonly ConfigEntry[] =>
  configs.map(entryOf).sort(byName)
