import type { ConfigEntry as ConfigEntryShape } from '../../kafka/cluster.ts'
import { Broker } from '../cluster/broker-type.ts'
import type { GraphQLContext } from '../context.ts'
import { objectFields, parts } from '../schema-part.ts'
import { Topic, type TopicNode } from '../topic/topic-type.ts'
import { ConfigEntry } from './config-entry-type.ts'
import { type ConfigsArguments, configsOf, selectionArguments } from './configs-of.ts'

const ofTopic = async (topic: TopicNode, selection: ConfigsArguments, context: GraphQLContext) =>
  topic.planned ? [] : configsOf({ type: 'TOPIC', name: topic.name }, selection, context)

const topicFields = objectFields(Topic, t => ({
  configs: t.field({
    description:
      'The settings of this topic, sorted by name: how long messages stay, how large they may be, and more. Null, with an error beside it, when they may not be read.',
    type: [ConfigEntry],
    nullable: true,
    args: {
      ...selectionArguments(t.arg),
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

const brokerFields = objectFields(Broker, t => ({
  configs: t.field({
    description:
      'The settings of this broker, sorted by name. Many are the defaults of the topics. Null, with an error beside it, when they may not be read.',
    type: [ConfigEntry],
    nullable: true,
    args: selectionArguments(t.arg),
    resolve: ({ broker }, selection, context) =>
      configsOf({ type: 'BROKER', name: String(broker.nodeId) }, selection, context),
  }),
  loggers: t.field({
    description:
      'What this broker writes to its own log: the name of each logger and its level (TRACE, DEBUG, INFO, WARN, ERROR, FATAL, OFF), sorted by name. `incrementalAlterConfigs` of a BROKER_LOGGER changes a level until the broker restarts. Null, with an error beside it, when they may not be read.',
    type: [ConfigEntry],
    nullable: true,
    args: {
      names: t.arg.stringList({ description: 'Only the loggers with these names; all when left out.' }),
    },
    resolve: ({ broker }, selection, context) =>
      configsOf({ type: 'BROKER_LOGGER', name: String(broker.nodeId) }, selection, context),
  }),
}))

/** What this file adds to a schema. */
export const resourceConfigsParts = parts(topicFields, brokerFields)
