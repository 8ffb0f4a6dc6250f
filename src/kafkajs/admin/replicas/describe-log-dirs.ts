import { asKafkaError, KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { LogDirDescription } from '../../../kafka/ports/replica-admin.ts'
import { toTopicName } from '../../../kafka/topic-name.ts'
import { byTopicThenPartition, type TopicPartition } from '../../../kafka/topic-partition.ts'
import { describeLogDirsRequest, type WireLogDir } from '../../requests/replicas/describe-log-dirs.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { retrying } from '../../transport/retry.ts'

/** Converts Kafka's -1 for "not reported" to null. */
const known = (bytes: bigint): bigint | null => (bytes < 0n ? null : bytes)

const logDirOf = ({
  errorCode,
  path,
  replicas,
  totalBytes,
  usableBytes,
  isCordoned,
}: WireLogDir): LogDirDescription => ({
  path,
  error: errorCode === 0 ? null : kafkaErrorOf(errorCode),
  totalBytes: known(totalBytes),
  usableBytes: known(usableBytes),
  isCordoned,
  replicas: replicas.map(one => ({ ...one, topic: toTopicName(one.topic) })).sort(byTopicThenPartition),
})

/** The disks of one broker. If that broker is down, only its own outcome fails. */
export const describeLogDirs = async (
  cluster: ClusterMap,
  nodeId: number,
  partitions: readonly TopicPartition[] | null,
  brokerMs: number,
): Promise<Outcome<readonly LogDirDescription[]>> => {
  try {
    const { errorCode, logDirs } = await retrying({ deadlineMs: brokerMs }, async () => {
      if (cluster.addressOf(nodeId) === undefined) await cluster.refresh()
      return cluster.askNode(nodeId, link => describeLogDirsRequest(link, partitions))
    })
    if (errorCode !== 0) return kafkaErrorOf(errorCode)
    return logDirs.map(logDirOf).sort((one, other) => (one.path < other.path ? -1 : 1))
  } catch (thrown) {
    if (thrown instanceof KafkaError && thrown.code !== 'CLOSED') return asKafkaError(thrown)
    throw thrown
  }
}
