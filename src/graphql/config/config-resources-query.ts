import type { ConfigResource as ConfigResourceShape } from '../../kafka/cluster.ts'
import { checkPage, pageOfMany } from '../connection.ts'
import { translating } from '../failures.ts'
import { listConnection, pageArguments } from '../list-connection.ts'
import { objectRef, parts, queryField } from '../schema-part.ts'
import { ConfigEntry } from './config-entry-type.ts'
import { ConfigResourceTypeEnum } from './config-resource-input.ts'
import { configsOf, selectionArguments } from './configs-of.ts'

const words = { one: 'resource', many: 'resources' }

const ConfigResource = objectRef<ConfigResourceShape>('ConfigResource').implement({
  description: 'Something that has configs.',
  fields: t => ({
    type: t.expose('type', { description: 'What it is.', type: ConfigResourceTypeEnum }),
    name: t.exposeString('name', {
      description: 'Its name: of a topic, group or client metrics subscription the name, of a broker the node id.',
    }),
    configs: t.field({
      description:
        'Its settings, sorted by name. Null, with Kafka’s error beside it, when they cannot be read, as of a broker that is down.',
      type: [ConfigEntry],
      nullable: true,
      args: selectionArguments(t.arg),
      resolve: (resource, selection, context) => configsOf(resource, selection, context),
    }),
  }),
})

const ConfigResourceConnection = listConnection('ConfigResource', ConfigResource, words)

const configResourcesQuery = queryField('configResources', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description:
      'What has configs, by name, as `kafka-configs --describe` without a name and `kafka-client-metrics --list` find it: groups and client metrics subscriptions with settings of their own; of brokers and topics all. Client metrics are listed by Kafka 3.7 and newer, the others by Kafka 4.1 and newer: UNSUPPORTED_VERSION before. Null, with an error beside it, when they cannot be listed.',
    type: ConfigResourceConnection,
    nullable: true,
    args: {
      type: t.arg({ type: ConfigResourceTypeEnum, required: true, description: 'What to list.' }),
      ...pageArguments(t.arg, words),
    },
    resolve: async (_, { type, ...page }, context) => {
      const { ports, call, limits } = context
      const order = {
        list: `config resources ${type}`,
        direction: 'ASC' as const,
        shapes: [['string' as const]],
        keyOf: ({ name }: ConfigResourceShape) => [name],
      }
      checkPage(order, page, limits)
      const resources = await translating(() => ports.configAdmin.listConfigResources(call, type))
      return pageOfMany(resources, order, page, context)
    },
  }),
)

/** What this file adds to a schema. */
export const configResourcesQueryParts = parts(ConfigResource, ConfigResourceConnection, configResourcesQuery)
