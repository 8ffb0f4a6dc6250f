import type { LocalKafkaExit } from './local-kafka.ts'

/** An end that nobody asked for, and what follows, as one clause for logs and probes. */
export function describeExit({ nodeId, code, signal, cause, restartInMs }: Omit<LocalKafkaExit, 'lastLines'>): string {
  const what = code === null && signal === null ? 'could not be started' : 'ended'
  const next =
    restartInMs === null
      ? 'it stays down, since LOCAL_KAFKA_RESTART is false'
      : `the next start is ${restartInMs / 1000} s later`
  return `node ${nodeId} of the local Kafka ${what}: ${cause}; ${next}`
}
