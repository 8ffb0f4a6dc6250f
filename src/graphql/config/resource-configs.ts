import type { ConfigEntry as ConfigEntryShape, ConfigResource } from '../../kafka/cluster.ts'
import { builder } from '../builder.ts'
import { Broker } from '../cluster/broker-type.ts'
import type { GraphQLContext } from '../context.ts'
import type { ConfigDetail } from '../loaders.ts'
import { Topic, type TopicNode } from '../topic/topic-type.ts'
import { ConfigEntry } from './config-entry-type.ts'

interface ConfigsArguments {
  readonly names?: readonly string[] | null | undefined
  readonly includeSynonyms?: boolean | null | undefined
  readonly includeDocumentation?: boolean | null | undefined
  readonly onlyOverrides?: boolean | null | undefined
}

const detailOf = ({ includeSynonyms, includeDocumentation }: ConfigsArguments): ConfigDetail => ({
  includeSynonyms: includeSynonyms ?? false,
  includeDocumentation: includeDocumentation ?? false,
})

const configsOf = async (resource: ConfigResource, selection: ConfigsArguments, { loaders }: GraphQLContext) => {
  const { names, onlyOverrides } = selection
  const entries = await loaders.configs(resource, detailOf(selection))
  return entries
    .filter(({ name }) => !names || names.includes(name))
    .filter(({ source }) => !onlyOverrides || source === 'DYNAMIC_TOPIC_CONFIG')
}

const ofTopic = async (topic: TopicNode, selection: ConfigsArguments, context: GraphQLContext) =>
  topic.planned ? [] : configsOf({ type: 'TOPIC', name: topic.name }, selection, context)

const selectionArguments = builder.args(t => ({
  names: t.stringList({ description: 'Only the configs with these names; all when left out.' }),
  includeSynonyms: t.boolean({ defaultValue: false, description: 'Whether to tell all places that set each config.' }),
  includeDocumentation: t.boolean({ defaultValue: false, description: 'Whether to tell Kafka’s explanation of each.' }),
}))

builder.objectFields(Topic, t => ({
  configs: t.field({
    description:
      'The settings of this topic, sorted by name: how long messages stay, how large they may be, and more. Null, with an error beside it, when they may not be read.',
    type: [ConfigEntry],
    nullable: true,
    args: {
      ...selectionArguments,
      onlyOverrides: t.arg.boolean({
        defaultValue: false,
        description:
          'Only what was set on this topic itself. `kafka-topics --describe` prints this, and what the brokers set for all topics.',
      }),
    },
    resolve: ofTopic,
  }),
  config: t.field({
    description: 'One setting of this topic by its name; null when there is no such config.',
    type: ConfigEntry,
    nullable: true,
    args: { name: t.arg.string({ required: true, description: 'The name of the config, such as `cleanup.policy`.' }) },
    resolve: async (topic, { name }, context): Promise<ConfigEntryShape | null> =>
      (await ofTopic(topic, { names: [name] }, context))[0] ?? null,
  }),
}))

builder.objectField(Broker, 'configs', t =>
  t.field({
    description:
      'The settings of this broker, sorted by name. Many are the defaults of the topics. Null, with an error beside it, when they may not be read.',
    type: [ConfigEntry],
    nullable: true,
    args: selectionArguments,
    resolve: ({ broker }, selection, context) =>
      configsOf({ type: 'BROKER', name: String(broker.nodeId) }, selection, context),
  }),
)
