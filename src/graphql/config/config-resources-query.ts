import type { ConfigResource as ConfigResourceShape } from '../../kafka/cluster.ts'
import { translating } from '../core/errors/failures.ts'
import { checkPage, pageOfMany } from '../core/paging/connection.ts'
import { listConnection, pageArguments } from '../core/paging/list-connection.ts'
import { objectRef, parts, queryField } from '../core/schema-part.ts'
import { ConfigEntry } from './config-entry-type.ts'
import { ConfigResourceTypeEnum } from './config-resource-input.ts'
import { configsOf, selectionArguments } from './configs-of.ts'

const words = { one: 'resource', many: 'resources' }

const ConfigResource = objectRef<ConfigResourceShape>('ConfigResource').implement({
  description: 'A resource that has configs.',
  fields: t => ({
    type: t.expose('type', { description: 'The kind of resource.', type: ConfigResourceTypeEnum }),
    name: t.exposeString('name', {
      description: 'The name of a topic, group or client metrics subscription, or the node id of a broker.',
    }),
    configs: t.field({
      description:
        'Its settings, sorted by name. Null with Kafka’s error if they cannot be read, for example because a broker is down.',
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
      'Lists resources that have configs, sorted by name, as `kafka-configs --describe` without a name and `kafka-client-metrics --list` do. Of groups and client metrics subscriptions it lists those with settings of their own, of brokers and topics all. Kafka 3.7 and newer list client metrics, Kafka 4.1 and newer the others; older versions answer UNSUPPORTED_VERSION. Null with an error if they cannot be listed.',
    type: ConfigResourceConnection,
    nullable: true,
    args: {
      type: t.arg({ type: ConfigResourceTypeEnum, required: true, description: 'The kind of resource to list.' }),
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
