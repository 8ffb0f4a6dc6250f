import { fileURLToPath } from 'node:url'
import { findJava } from '../../src/local-kafka/java/find-java.ts'
import { kafkaClasspath } from '../../src/local-kafka/java/kafka-jars.ts'
import { type CommandResult, runCommand } from '../../src/local-kafka/java/run-command.ts'

const logSettings = fileURLToPath(new URL('../../devops/kafka/tools-log4j2.properties', import.meta.url))
const flags = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** The input of a tool, and its time limit. */
export interface ToolOptions {
  /** Its standard input. */
  readonly input?: string
  /** In ms. Default 60,000. After it the tool is killed and `code` is null. */
  readonly timeoutMs?: number
}

/** A cluster to which a tool connects. */
export interface ToolTarget {
  readonly bootstrapServers: string
}

let found: Promise<readonly [java: string, classpath: string]> | undefined

function findTools(): Promise<readonly [java: string, classpath: string]> {
  const { env } = process
  found ??= Promise.all([findJava(env), kafkaClasspath({ kafkaHome: env.KAFKA_HOME, env })])
  return found
}

/** A tool's program and arguments, for other ways to run it. `log` is the file of its log settings. */
export async function kafkaToolCommand(
  className: string,
  args: readonly string[],
  log: string = logSettings,
): Promise<{ readonly java: string; readonly args: readonly string[] }> {
  const [java, classpath] = await findTools()
  return { java, args: [...flags, `-Dlog4j2.configurationFile=${log}`, '-cp', classpath, className, ...args] }
}

/** Runs one of Kafka's own tools by its class, as `bin/kafka-….sh` does. */
export async function kafkaTool(
  className: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<CommandResult> {
  const { timeoutMs = 60_000, input } = options
  const command = await kafkaToolCommand(className, args)
  return runCommand(command.java, command.args, { env: process.env, timeoutMs, input })
}

/** Runs a tool against a cluster and returns its standard output. A failed tool fails the test with its output. */
export async function kafkaToolOutput(
  target: ToolTarget,
  className: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<string> {
  const all = ['--bootstrap-server', target.bootstrapServers, ...args]
  const { code, stdout, stderr } = await kafkaTool(className, all, options)
  if (code === 0) return stdout
  throw new Error(`${className} ${all.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`)
}
