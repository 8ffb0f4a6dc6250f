import type { ConfigEntry as ConfigEntryShape, ConfigSynonym as ConfigSynonymShape } from '../../kafka/cluster.ts'
import { objectRef, parts } from '../core/schema-part.ts'
import { ConfigSource, ConfigType } from './config-enums.ts'

const ConfigSynonym = objectRef<ConfigSynonymShape>('ConfigSynonym').implement({
  description:
    'One place that sets a config. It shows where a value comes from: a topic’s `retention.ms`, for example, falls back to the broker’s `log.retention.ms`.',
  fields: t => ({
    name: t.exposeString('name', { description: 'The name of the config at that place.' }),
    value: t.exposeString('value', {
      description: 'The value at that place; null if it is sensitive.',
      nullable: true,
    }),
    source: t.expose('source', { description: 'The kind of place.', type: ConfigSource }),
  }),
})

export const ConfigEntry = objectRef<ConfigEntryShape>('ConfigEntry').implement({
  description:
    'One setting of a topic, broker, group or other resource, with its current value. A topic uses the cluster’s default for each setting that it does not override.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Its name, such as `retention.ms` or `min.insync.replicas`.' }),
    value: t.exposeString('value', {
      description: 'The value in effect, as text. Null if it is sensitive: Kafka never returns secrets.',
      nullable: true,
    }),
    source: t.expose('source', { description: 'Where the value comes from.', type: ConfigSource }),
    type: t.expose('type', { description: 'The type of its value.', type: ConfigType }),
    isDefault: t.boolean({
      description:
        'Whether the value is Kafka’s own default, which nobody changed on the topic, the broker or the cluster.',
      resolve: ({ source }) => source === 'DEFAULT_CONFIG',
    }),
    isSensitive: t.exposeBoolean('isSensitive', { description: 'Whether the value is a secret, such as a password.' }),
    isReadOnly: t.exposeBoolean('isReadOnly', {
      description: 'Whether it can be changed only in the broker’s properties file, with a restart of the broker.',
    }),
    synonyms: t.expose('synonyms', {
      description: 'All places that set this config, the one in effect first. Empty unless you pass `includeSynonyms`.',
      type: [ConfigSynonym],
    }),
    documentation: t.exposeString('documentation', {
      description: 'Kafka’s documentation of this setting. Null unless you pass `includeDocumentation`.',
      nullable: true,
    }),
  }),
})

/** What this file adds to a schema. */
export const configEntryParts = parts(ConfigSynonym, ConfigEntry)
