import { inputType, parts } from '../schema-part.ts'

const ConfigInput = inputType('ConfigInput', {
  description: 'A setting to give to a new topic, as an override of the cluster’s default.',
  fields: t => ({
    name: t.string({ required: true, description: 'Its name, such as `cleanup.policy` or `retention.ms`.' }),
    value: t.string({ description: 'Its value as text, such as "compact" or "604800000".' }),
  }),
})

/** A topic to create. */
export const NewTopicInput = inputType('NewTopicInput', {
  description: 'A topic to create.',
  fields: t => ({
    name: t.string({
      required: true,
      description:
        'Its name: letters, digits, ".", "_" and "-", at most 249 of them. "." and "_" in names clash in metrics: use one of them.',
    }),
    numPartitions: t.int({
      description:
        'How many partitions: how many consumers of one group can read at the same time. Left out: the broker’s `num.partitions`.',
    }),
    replicationFactor: t.int({
      description:
        'On how many brokers each partition is kept, at most as many as there are. Left out: the broker’s `default.replication.factor`.',
    }),
    replicasAssignments: t.field({
      type: t.listRef(t.listRef('Int', { required: true }), { required: true }),
      description:
        'Which brokers keep which partition, in place of the two counts: a list of node ids for each partition, the preferred leader first. Left out: the cluster chooses.',
    }),
    configs: t.field({
      type: [ConfigInput],
      description: 'Settings that differ from the cluster’s defaults, each once.',
    }),
  }),
})

/** What this file adds to a schema. */
export const newTopicInputParts = parts(ConfigInput, NewTopicInput)
