import { inputType, parts } from '../core/schema-part.ts'

const ConfigInput = inputType('ConfigInput', {
  description: 'A setting for a new topic. It overrides the cluster’s default.',
  fields: t => ({
    name: t.string({ required: true, description: 'Its name, such as `cleanup.policy` or `retention.ms`.' }),
    value: t.string({ description: 'Its value as text, such as "compact" or "604800000".' }),
  }),
})

export const NewTopicInput = inputType('NewTopicInput', {
  description: 'A topic to create.',
  fields: t => ({
    name: t.string({
      required: true,
      description:
        'Its name: at most 249 letters, digits, ".", "_" and "-". Do not mix "." and "_": names that differ only in them clash in Kafka’s metrics.',
    }),
    numPartitions: t.int({
      description:
        'The number of partitions. It limits how many consumers of one group can read at the same time. Default: the broker’s `num.partitions`.',
    }),
    replicationFactor: t.int({
      description:
        'The number of brokers that keep a copy of each partition, at most the number of brokers in the cluster. Default: the broker’s `default.replication.factor`.',
    }),
    replicasAssignments: t.field({
      type: t.listRef(t.listRef('Int', { required: true }), { required: true }),
      description:
        'The brokers that keep each partition, in place of the two counts: one list of node ids per partition, the preferred leader first. Default: the cluster chooses.',
    }),
    configs: t.field({
      type: [ConfigInput],
      description: 'Settings that differ from the cluster’s defaults, at most one value each.',
    }),
  }),
})

/** What this file adds to a schema. */
export const newTopicInputParts = parts(ConfigInput, NewTopicInput)
