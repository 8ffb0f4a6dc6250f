import type { ConfigEntry as ConfigEntryShape } from '../../kafka/cluster.ts'
import { Broker } from '../cluster/broker-type.ts'
import { ConfigEntry } from '../config/config-entry-type.ts'
import { type ConfigsArguments, configsOf, selectionArguments } from '../config/configs-of.ts'
import type { GraphQLContext } from '../core/context.ts'
import { objectFields, parts } from '../core/schema-part.ts'
import { Topic, type TopicNode } from './topic-type.ts'

const ofTopic = async (topic: TopicNode, selection: ConfigsArguments, context: GraphQLContext) =>
  topic.planned ? [] : configsOf({ type: 'TOPIC', name: topic.name }, selection, context)

const topicFields = objectFields(Topic, t => ({
  configs: t.field({
    description:
      'The settings of this topic, sorted by name: how long it keeps messages, how large they may be, and more. Null with an error if they cannot be read.',
    type: [ConfigEntry],
    nullable: true,
    args: {
      ...selectionArguments(t.arg),
      onlyOverrides: t.arg.boolean({
        defaultValue: false,
        description:
          'Only settings made on this topic itself. `kafka-topics --describe` prints these, and the settings that brokers make for all topics.',
      }),
    },
    resolve: ofTopic,
  }),
  config: t.field({
    description: 'One setting of this topic by its name; null if there is no such config.',
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
      'The settings of this broker, sorted by name. Many of them are defaults for topics. Null with an error if they cannot be read.',
    type: [ConfigEntry],
    nullable: true,
    args: selectionArguments(t.arg),
    resolve: ({ broker }, selection, context) =>
      configsOf({ type: 'BROKER', name: String(broker.nodeId) }, selection, context),
  }),
  loggers: t.field({
    description:
      'The loggers of this broker and their levels (TRACE, DEBUG, INFO, WARN, ERROR, FATAL, OFF), sorted by name. They decide what the broker writes to its own log. To change a level until the broker restarts, call `incrementalAlterConfigs` with BROKER_LOGGER. Null with an error if they cannot be read.',
    type: [ConfigEntry],
    nullable: true,
    args: {
      names: t.arg.stringList({ description: 'Only the loggers with these names. Default: all.' }),
    },
    resolve: ({ broker }, selection, context) =>
      configsOf({ type: 'BROKER_LOGGER', name: String(broker.nodeId) }, selection, context),
  }),
}))

/** What this file adds to a schema. */
export const resourceConfigsParts = parts(topicFields, brokerFields)
