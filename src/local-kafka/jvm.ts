import { fileURLToPath } from 'node:url'

/** What every Java process of the local Kafka is run with. */
export interface Jvm {
  readonly java: string
  readonly classpath: string
  readonly env: NodeJS.ProcessEnv
}

/** The log settings that lie beside the pom, two levels up from src/local-kafka and from dist/local-kafka alike. */
export function logSettings(file: 'log4j2.properties' | 'tools-log4j2.properties'): string {
  const path = fileURLToPath(new URL(`../../devops/kafka/${file}`, import.meta.url))
  return `-Dlog4j2.configurationFile=${path}`
}

/** Only the quick compiler and the simplest collector: a node is ready, and a tool done, in half the processor time. */
export const quickStart: readonly string[] = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
