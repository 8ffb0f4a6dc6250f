import { fileURLToPath } from 'node:url'

/** How every Java process of the local Kafka is run. */
export interface Jvm {
  readonly java: string
  readonly classpath: string
  readonly env: NodeJS.ProcessEnv
}

/** The log settings beside the pom, two levels above both src/local-kafka and dist/local-kafka. */
export function logSettings(file: 'log4j2.properties' | 'tools-log4j2.properties'): string {
  const path = fileURLToPath(new URL(`../../../devops/kafka/${file}`, import.meta.url))
  return `-Dlog4j2.configurationFile=${path}`
}

/** C1 compiler and serial collector only: nodes and tools need half the CPU time to start. */
export const quickStart: readonly string[] = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
