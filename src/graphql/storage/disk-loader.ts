import DataLoader from 'dataloader'
import { onceEach } from '../../async/once.ts'
import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import { groupedBy } from '../../kafka/grouped-by.ts'
import type { LogDirDescription, ReplicaInfo } from '../../kafka/ports/replica-admin.ts'
import { partitionKey, type TopicPartition } from '../../kafka/topic-partition.ts'
import { operationError, translating } from '../core/errors/failures.ts'
import type { MakeShared } from '../core/loaders.ts'

/** Identifies a replica by its partition and its broker. */
export interface ReplicaKey extends TopicPartition {
  readonly brokerId: number
}

/** A replica's log and its directory. */
export interface ReplicaLog extends ReplicaInfo {
  readonly logDir: string
}

/** The contents of the brokers' disks, for one operation. */
export interface Disks {
  /** The directories of a broker with all their contents. */
  logDirs(brokerId: number): Promise<Outcome<readonly LogDirDescription[]>>
  /** The logs of all replicas on a broker. */
  logs(brokerId: number): Promise<Outcome<Logs>>
  /** The log of a replica; null if its broker has none. */
  log(key: ReplicaKey): Promise<ReplicaLog | null>
}

/** Above this number of partitions, one complete answer costs less than naming them all. */
const FEW = 500

/** The logs of one broker by `partitionKey`. */
export type Logs = ReadonlyMap<string, ReplicaLog>

/** The active logs by partition, without logs that will replace another one later. */
const logsIn = (logDirs: readonly LogDirDescription[]): Logs =>
  new Map(
    logDirs.flatMap(({ replicas, path }) =>
      replicas.filter(({ isFuture }) => !isFuture).map(log => [partitionKey(log), { ...log, logDir: path }] as const),
    ),
  )

type LogDirs = Outcome<readonly LogDirDescription[]>

/**
 * Limits the requests of one operation, however many replicas it reads. Each broker is asked once for the replicas of
 * one batch: by name if they are few, otherwise for all. It is asked at most once more, for everything, if a later
 * batch needs more.
 */
export const disks: MakeShared<Disks> = ({ replicas }, call, schedule) => {
  const whole = new Map<number, Promise<LogDirs>>()
  const asked = new Set<number>()
  const ask = async (brokerId: number, partitions: readonly TopicPartition[] | null): Promise<LogDirs> => {
    const [outcome] = await replicas.describeLogDirs(call, [brokerId], partitions)
    return outcome ?? []
  }
  const logDirs = (brokerId: number): Promise<LogDirs> => {
    const known = whole.get(brokerId) ?? translating(() => ask(brokerId, null))
    whole.set(brokerId, known)
    return known
  }
  const logs = onceEach(
    (brokerId: number) => brokerId,
    async (brokerId: number): Promise<Outcome<Logs>> => {
      const found = await logDirs(brokerId)
      return isFailure(found) ? found : logsIn(found)
    },
  )
  const logsOf = async (brokerId: number, keys: readonly ReplicaKey[]): Promise<Outcome<Logs>> => {
    const isFirst = !asked.has(brokerId)
    asked.add(brokerId)
    if (!isFirst || whole.has(brokerId) || keys.length > FEW) return logs(brokerId)
    const partitions = keys.map(({ topic, partition }) => ({ topic, partition }))
    const outcome = await ask(brokerId, partitions)
    // A broker that does not answer costs the full timeout, so it is not asked again.
    if (isFailure(outcome)) whole.set(brokerId, Promise.resolve(outcome))
    return isFailure(outcome) ? outcome : logsIn(outcome)
  }
  const load = async (keys: readonly ReplicaKey[]): Promise<(ReplicaLog | null | Error)[]> => {
    const asking = [...groupedBy(keys, ({ brokerId }) => brokerId)].map(
      async ([brokerId, ofBroker]) => [brokerId, await logsOf(brokerId, ofBroker)] as const,
    )
    const logsByBroker = new Map(await Promise.all(asking))
    return keys.map(key => {
      const onBroker = logsByBroker.get(key.brokerId)
      if (onBroker === undefined) return null
      return isFailure(onBroker) ? operationError(onBroker) : (onBroker.get(partitionKey(key)) ?? null)
    })
  }
  const replicaLogs = new DataLoader<ReplicaKey, ReplicaLog | null, string>(keys => translating(() => load(keys)), {
    ...schedule,
    cacheKeyFn: key => `${key.brokerId} ${partitionKey(key)}`,
  })
  return { logDirs, logs, log: key => replicaLogs.load(key) }
}
