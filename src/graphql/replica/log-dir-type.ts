import { isFailure } from '../../kafka/kafka-error.ts'
import type { LogDirDescription, ReplicaInfo } from '../../kafka/ports/replica-admin.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { Broker } from '../cluster/broker-type.ts'
import { operationError, translating } from '../failures.ts'
import { KafkaErrorType } from '../mutation-failure.ts'
import { objectField, objectRef, parts } from '../schema-part.ts'
import { topicNamed } from '../topic/topic-type.ts'
import { disks } from './disk-loader.ts'
import { Replica, type ReplicaNode } from './replica-type.ts'

/** A directory with the broker that it belongs to. */
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
    'A data directory of a broker (`log.dirs`), usually a disk of its own: replicas of partitions lie in it, each whole in one directory.',
  fields: t => ({
    path: t.string({ description: 'Where it is on the broker.', resolve: ({ logDir }) => logDir.path }),
    error: t.field({
      description: 'KAFKA_STORAGE_ERROR when the disk has failed: its replicas are offline. Null when all is well.',
      type: KafkaErrorType,
      nullable: true,
      resolve: ({ logDir }) => logDir.error && { error: logDir.error, path: null },
    }),
    totalBytes: t.field({
      description: 'The size of its volume, bytes; null where the broker does not tell.',
      type: 'Long',
      nullable: true,
      resolve: ({ logDir }) => logDir.totalBytes,
    }),
    usableBytes: t.field({
      description:
        'How much of its volume is free, bytes; null where the broker does not tell. A broker whose disk is full stops.',
      type: 'Long',
      nullable: true,
      resolve: ({ logDir }) => logDir.usableBytes,
    }),
    isCordoned: t.boolean({
      description:
        'Whether new replicas are kept off it (`cordoned.log.dirs`), such as before it is taken away; null before Kafka 4.3.',
      nullable: true,
      resolve: ({ logDir }) => logDir.isCordoned,
    }),
    size: t.field({
      description: 'How many bytes the replicas in it take together.',
      type: 'Long',
      resolve: ({ logDir }) => logDir.replicas.reduce((sum, { size }) => sum + size, 0n),
    }),
    replicaCount: t.int({
      description: 'How many replicas lie in it, future ones included.',
      resolve: ({ logDir }) => logDir.replicas.length,
    }),
    replicas: t.field({
      description:
        'The replicas that lie in it, by topic and partition; at most as many as a page may have, 1000 unless the server is set otherwise: `replicaCount` tells how many there are.',
      type: [Replica],
      args: { topic: t.arg.string({ description: 'Only those of the topic with this name.' }) },
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
      'The data directories of this broker by path, as `kafka-log-dirs` shows them. Null, with an error beside it, when the broker does not answer.',
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
