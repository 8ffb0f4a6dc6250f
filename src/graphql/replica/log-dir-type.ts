import { isFailure } from '../../kafka/errors/kafka-error.ts'
import type { LogDirDescription, ReplicaInfo } from '../../kafka/ports/replica-admin.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { Broker } from '../cluster/broker-type.ts'
import { operationError, translating } from '../core/errors/failures.ts'
import { KafkaErrorType } from '../core/outcomes/mutation-failure.ts'
import { objectField, objectRef, parts } from '../core/schema-part.ts'
import { disks } from '../storage/disk-loader.ts'
import { topicNamed } from '../topic/topic-type.ts'
import { Replica, type ReplicaNode } from './replica-type.ts'

/** A directory and its broker. */
interface LogDirNode {
  readonly brokerId: number
  readonly logDir: LogDirDescription
}

const replicaOn = (brokerId: number, logDir: string, info: ReplicaInfo): ReplicaNode => ({
  kind: 'Replica',
  partition: { kind: 'Partition', topic: topicNamed(info.topic), partition: info.partition },
  brokerId,
  log: { ...info, logDir },
})

const LogDir = objectRef<LogDirNode>('LogDir').implement({
  description:
    'A data directory of a broker (`log.dirs`), usually on a disk of its own. It contains replicas of partitions, each completely in one directory.',
  fields: t => ({
    path: t.string({ description: 'Its path on the broker.', resolve: ({ logDir }) => logDir.path }),
    error: t.field({
      description: 'KAFKA_STORAGE_ERROR if the disk has failed; its replicas are then offline. Null if the disk works.',
      type: KafkaErrorType,
      nullable: true,
      resolve: ({ logDir }) => logDir.error && { error: logDir.error, path: null },
    }),
    totalBytes: t.field({
      description: 'The size of its volume, bytes; null if the broker does not report it.',
      type: 'Long',
      nullable: true,
      resolve: ({ logDir }) => logDir.totalBytes,
    }),
    usableBytes: t.field({
      description:
        'The free space of its volume, bytes; null if the broker does not report it. A broker stops when its disk is full.',
      type: 'Long',
      nullable: true,
      resolve: ({ logDir }) => logDir.usableBytes,
    }),
    isCordoned: t.boolean({
      description:
        'Whether the broker puts no new replicas here (`cordoned.log.dirs`), for example before the disk is removed; null before Kafka 4.3.',
      nullable: true,
      resolve: ({ logDir }) => logDir.isCordoned,
    }),
    size: t.field({
      description: 'The total size of the replicas in this directory, bytes.',
      type: 'Long',
      resolve: ({ logDir }) => logDir.replicas.reduce((sum, { size }) => sum + size, 0n),
    }),
    replicaCount: t.int({
      description: 'The number of replicas in this directory, including future ones.',
      resolve: ({ logDir }) => logDir.replicas.length,
    }),
    replicas: t.field({
      description:
        'The replicas in this directory, sorted by topic and partition. At most 1000, unless the server is configured for other page sizes; `replicaCount` is the full number.',
      type: [Replica],
      args: { topic: t.arg.string({ description: 'Only replicas of this topic.' }) },
      resolve: ({ brokerId, logDir }, { topic }, { limits }) =>
        translating(async () => {
          const name = typeof topic === 'string' ? toTopicName(topic) : null
          return logDir.replicas
            .filter(replica => name === null || replica.topic === name)
            .slice(0, limits.page.max)
            .map(replica => replicaOn(brokerId, logDir.path, replica))
        }),
    }),
  }),
})

const brokerLogDirs = objectField(Broker, 'logDirs', t =>
  t.field({
    description:
      'The data directories of this broker, sorted by path, as `kafka-log-dirs` shows them. Null with an error if the broker does not answer.',
    type: [LogDir],
    nullable: true,
    resolve: async ({ broker }, _, { loaders }) => {
      const outcome = await loaders.shared(disks).logDirs(broker.nodeId)
      if (isFailure(outcome)) throw operationError(outcome)
      return outcome.map(logDir => ({ brokerId: broker.nodeId, logDir }))
    },
  }),
)

/** What this file adds to a schema. */
export const logDirParts = parts(LogDir, brokerLogDirs)
