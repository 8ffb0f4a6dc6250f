import type { LocalKafkaExit } from './local-kafka.ts'

/** Describes an unexpected exit and its consequence in one clause, for logs and probes. */
export function describeExit({ nodeId, code, signal, cause, restartInMs }: Omit<LocalKafkaExit, 'lastLines'>): string {
  const what = code === null && signal === null ? 'could not be started' : 'exited'
  const next =
    restartInMs === null
      ? 'it stays down because LOCAL_KAFKA_RESTART is false'
      : `it restarts in ${restartInMs / 1000} s`
  return `node ${nodeId} of the local Kafka ${what}: ${cause}; ${next}`
}
