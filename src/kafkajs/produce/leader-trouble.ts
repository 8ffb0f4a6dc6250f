import type { KafkaError } from '../../kafka/kafka-error.ts'
import { leaderless } from '../connection/ask-leaders.ts'
import type { ProduceCluster } from './produce-cluster.ts'
import type { PartitionTarget } from './produce-context.ts'

/** Why a partition cannot be written to, as far as known. */
export const leaderTrouble = (cluster: ProduceCluster, { topic, partition }: PartitionTarget): KafkaError | null => {
  const nodeId = cluster.leaders.leaderOf(topic, partition)?.nodeId ?? null
  return nodeId === null ? leaderless({ topic, partition }) : cluster.troubleWith(nodeId)
}
