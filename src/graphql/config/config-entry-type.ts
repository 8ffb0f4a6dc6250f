import type { ConfigEntry as ConfigEntryShape, ConfigSynonym as ConfigSynonymShape } from '../../kafka/cluster.ts'
import { objectRef, parts } from '../schema-part.ts'
import { ConfigSource, ConfigType } from './config-enums.ts'

const ConfigSynonym = objectRef<ConfigSynonymShape>('ConfigSynonym').implement({
  description:
    'One of the places that can set a config. A topic’s `retention.ms`, for example, falls back to the broker’s `log.retention.ms`.',
  fields: t => ({
    name: t.exposeString('name', { description: 'The name of the config at that place.' }),
    value: t.exposeString('value', { description: 'The value there; null when it is sensitive.', nullable: true }),
    source: t.expose('source', { description: 'The place.', type: ConfigSource }),
  }),
})

/** One setting of a resource. */
export const ConfigEntry = objectRef<ConfigEntryShape>('ConfigEntry').implement({
  description:
    'One setting of a topic, a broker, a group or another resource, as it holds now. A topic takes the cluster’s default for everything that it does not override.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Its name, such as `retention.ms` or `min.insync.replicas`.' }),
    value: t.exposeString('value', {
      description: 'The value that holds, as text. Null when it is sensitive: Kafka never tells such values.',
      nullable: true,
    }),
    source: t.expose('source', { description: 'Where the value comes from.', type: ConfigSource }),
    type: t.expose('type', { description: 'What kind of value it takes.', type: ConfigType }),
    isDefault: t.boolean({
      description: 'Whether this is Kafka’s own default: nobody set it on the topic, the broker or the cluster.',
      resolve: ({ source }) => source === 'DEFAULT_CONFIG',
    }),
    isSensitive: t.exposeBoolean('isSensitive', { description: 'Whether it is a secret, such as a password.' }),
    isReadOnly: t.exposeBoolean('isReadOnly', {
      description: 'Whether it can be changed only by restarting the broker.',
    }),
    synonyms: t.expose('synonyms', {
      description: 'All places that set this config, the one that wins first. Empty unless `includeSynonyms` is given.',
      type: [ConfigSynonym],
    }),
    documentation: t.exposeString('documentation', {
      description: 'Kafka’s own explanation. Null unless `includeDocumentation` is given.',
      nullable: true,
    }),
  }),
})

/** What this file adds to a schema. */
export const configEntryParts = parts(ConfigSynonym, ConfigEntry)
