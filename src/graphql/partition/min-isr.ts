import { builder } from '../builder.ts'
import { describePartition, Partition } from './partition-type.ts'

const MIN_ISR = 'min.insync.replicas'
/** Kafka's own default, for a broker that does not name the config. */
const DEFAULT_MIN_ISR = 1

builder.objectField(Partition, 'isUnderMinIsr', t =>
  t.boolean({
    nullable: true,
    description:
      'Whether fewer replicas are in sync than the topic’s config `min.insync.replicas` demands. Producers with acks ALL are then refused with NOT_ENOUGH_REPLICAS: Kafka would rather take nothing than acknowledge what one more failure could lose. Null, with an error beside it, when the config cannot be read.',
    resolve: async (node, _, context) => {
      const plain = { includeSynonyms: false, includeDocumentation: false }
      const [{ isr }, configs] = await Promise.all([
        describePartition(node, context),
        context.loaders.configs({ type: 'TOPIC', name: node.topic.name }, plain),
      ])
      const minIsr = configs.find(({ name }) => name === MIN_ISR)?.value
      return isr.length < Number(minIsr ?? DEFAULT_MIN_ISR)
    },
  }),
)
