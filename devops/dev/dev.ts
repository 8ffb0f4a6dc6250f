import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Config, readConfig, renderHelp } from '../../src/config/config.ts'
import { ConfigProblem } from '../../src/config/config-problem.ts'
import { describeExit } from '../../src/local-kafka/describe-exit.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { LocalKafkaProblem } from '../../src/local-kafka/local-kafka-problem.ts'
import { startLocalKafka } from '../../src/local-kafka/start/start-local-kafka.ts'

// Runs the server from its sources and starts it again when one of them changes. The local Kafka is started once, here,
// and outlives the server's restarts.

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WATCHED = ['src/**/*.ts', 'schema/operations/*.graphql']
/** tsx kills a server that takes more than 5 s to leave. */
const SHUTDOWN_GRACE_MS = '2000'

const say = (text: string) => console.log(text)

const startKafka = (config: Config, signal: AbortSignal): Promise<LocalKafka> =>
  startLocalKafka({
    nodes: config.localKafkaNodes,
    dir: config.localKafkaDir,
    kafkaHome: config.kafkaHome ?? undefined,
    env: process.env,
    signal,
    restart: config.localKafkaRestart,
    onStep: ({ text }) => say(text),
    onExit: exit => console.error(describeExit(exit)),
    onReturn: ({ nodeId }) => say(`node ${nodeId} of the local Kafka runs again`),
  })

/** The settings that the server gets besides the given ones. Its default topics are those of a start without KAFKA_BROKERS. */
const serverEnv = (config: Config, kafka: LocalKafka | undefined): NodeJS.ProcessEnv => {
  const topics = config.topics.map(
    ({ name, numPartitions, replicationFactor }) => `${name}:${numPartitions}:${replicationFactor}`,
  )
  const onLocalKafka = kafka && {
    KAFKA_BROKERS: kafka.bootstrapServers,
    TOPICS: process.env.TOPICS ?? topics.join(','),
  }
  return { SHUTDOWN_GRACE_MS, ...process.env, ...onLocalKafka }
}

const watchServer = (args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess => {
  const tsx = fileURLToPath(import.meta.resolve('tsx/cli'))
  const watch = ['watch', '--clear-screen=false', ...WATCHED.map(glob => `--include=${glob}`)]
  // In a process group of its own: Ctrl-C reaches this program alone, which then ends the server and after it Kafka.
  return spawn(process.execPath, [tsx, ...watch, 'src/cli.ts', ...args], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

const leaving = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leaving.abort())

const run = async (args: readonly string[]): Promise<void> => {
  const config = readConfig(args, process.env)
  const kafka = config.kafkaBrokers === null ? await startKafka(config, leaving.signal) : undefined
  try {
    leaving.signal.throwIfAborted()
    const server = watchServer(args, serverEnv(config, kafka))
    const ended = once(server, 'exit')
    leaving.signal.addEventListener('abort', () => server.kill('SIGTERM'))
    await ended
  } finally {
    await kafka?.close()
  }
}

const isForPeople = (thrown: unknown): thrown is Error =>
  thrown instanceof ConfigProblem || thrown instanceof LocalKafkaProblem

const args = process.argv.slice(2)
if (args.includes('--help')) say(renderHelp())
else
  await run(args).catch((thrown: unknown) => {
    // A signal during the start abandons it: no failure.
    if (leaving.signal.aborted) return
    console.error(isForPeople(thrown) ? thrown.message : thrown)
    process.exitCode = 1
  })
