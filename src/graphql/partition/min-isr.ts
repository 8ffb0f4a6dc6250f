import { isUnderMinIsr } from '../../kafka/cluster-health.ts'
import { minIsrIn } from '../cluster/min-isr-loader.ts'
import { objectField } from '../core/schema-part.ts'
import { describePartition, Partition } from './partition-type.ts'

/** `Partition.isUnderMinIsr`. */
export const partitionIsUnderMinIsr = objectField(Partition, 'isUnderMinIsr', t =>
  t.boolean({
    nullable: true,
    description:
      'Whether the partition has no leader, or fewer in-sync replicas than its topic’s `min.insync.replicas` (capped at the number of replicas). Kafka then refuses writes with acks ALL with NOT_ENOUGH_REPLICAS, because one more failure could lose an acknowledged message. Null with an error if the config cannot be read.',
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
