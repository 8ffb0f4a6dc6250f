import { join } from 'node:path'
import { alternatives, LocalKafkaProblem } from '../local-kafka-problem.ts'
import { isMissingProgram, runCommand } from './run-command.ts'

/** Kafka 4 brokers need at least this version. */
const oldestJava = 17
/** A cold JVM on a loaded machine answers in well under a second. */
const versionTimeoutMs = 15_000
const longestAnswer = 1000

/** Finds a Java that can run Kafka: from `JAVA_HOME`, or else on `PATH`. Returns the command to run. */
export async function findJava(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java'
  const where = env.JAVA_HOME ? `in JAVA_HOME (${env.JAVA_HOME})` : 'on PATH'
  const version = await askVersion(java, env, signal)
  if (version === undefined) {
    throw new LocalKafkaProblem(
      'JAVA_MISSING',
      `The local Kafka needs Java, but there is none ${where}.\n${alternatives}`,
    )
  }
  if (typeof version === 'string') {
    const text = `The local Kafka needs Java, but the one ${where} does not run: ${version}\n${alternatives}`
    throw new LocalKafkaProblem('JAVA_FAILED', text)
  }
  if (version < oldestJava) {
    const text = `The local Kafka needs Java ${oldestJava} or newer, but the one ${where} is Java ${version}.\n${alternatives}`
    throw new LocalKafkaProblem('JAVA_TOO_OLD', text)
  }
  return java
}

/** Java's version; its output if no version is found; undefined if there is no Java. */
async function askVersion(
  java: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<number | string | undefined> {
  try {
    const { code, stdout, stderr } = await runCommand(java, ['-version'], { env, timeoutMs: versionTimeoutMs, signal })
    const printed = (stderr + stdout).trim()
    const version = code === 0 ? javaVersion(printed) : undefined
    return version ?? `exit code ${code}\n${printed.slice(0, longestAnswer)}`
  } catch (error) {
    if (isMissingProgram(error)) return undefined
    throw error
  }
}

/** The feature release in the output of `java -version`: 17 for `"17.0.15"`, 8 for `"1.8.0_392"`. */
export function javaVersion(printed: string): number | undefined {
  const found = /version "(?:1\.)?(\d+)/.exec(printed)
  return found?.[1] === undefined ? undefined : Number(found[1])
}
