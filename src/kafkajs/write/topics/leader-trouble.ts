import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { leaderless } from '../../transport/ask-leaders.ts'
import type { ProduceCluster } from '../senders/produce-cluster.ts'
import type { PartitionTarget } from '../senders/produce-context.ts'

/** Why a partition cannot be written to, as far as known. */
export const leaderTrouble = (cluster: ProduceCluster, { topic, partition }: PartitionTarget): KafkaError | null => {
  const nodeId = cluster.leaders.leaderOf(topic, partition)?.nodeId ?? null
  return nodeId === null ? leaderless({ topic, partition }) : cluster.troubleWith(nodeId)
}
