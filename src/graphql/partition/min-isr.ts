import { isUnderMinIsr } from '../../kafka/cluster-health.ts'
import { minIsrIn } from '../cluster/min-isr-loader.ts'
import { objectField } from '../schema-part.ts'
import { describePartition, Partition } from './partition-type.ts'

/** `Partition.isUnderMinIsr`. */
export const partitionIsUnderMinIsr = objectField(Partition, 'isUnderMinIsr', t =>
  t.boolean({
    nullable: true,
    description:
      'Whether fewer replicas are in sync than the topic’s config `min.insync.replicas` demands (no more than the partition has replicas), or the partition has no leader. Producers with acks ALL are then refused with NOT_ENOUGH_REPLICAS: Kafka would rather take nothing than acknowledge what one more failure could lose. Null, with an error beside it, when the config cannot be read.',
    resolve: async (node, _, context) => {
      const plain = { includeSynonyms: false, includeDocumentation: false }
      const [partition, configs] = await Promise.all([
        describePartition(node, context),
        context.loaders.configs({ type: 'TOPIC', name: node.topic.name }, plain),
      ])
      return isUnderMinIsr(partition, minIsrIn(configs))
    },
  }),
)
