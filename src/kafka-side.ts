import { setTimeout as sleep } from 'node:timers/promises'
import { outdatedCertificates } from './config/tls-problems.ts'
import type { Config } from './config.ts'
import { ensureTopics } from './ensure-topics.ts'
import type { Logger } from './kafka/logger.ts'
import { type KafkaStack, openKafkaStack } from './kafka-stack.ts'
import { createLateKafka } from './late-kafka.ts'
import type { LocalKafka } from './local-kafka/local-kafka.ts'

/** What Kafka's side is started with besides the settings. */
export interface KafkaSideOptions {
  readonly logger: Logger
  /** Called with a sentence at each step of the start. */
  readonly onStep?: (step: string) => void
  /** Where PATH, JAVA_HOME and the like are looked up for the local Kafka. Default: this process's. */
  readonly env?: NodeJS.ProcessEnv
}

const startLocal = async (config: Config, options: KafkaSideOptions, signal: AbortSignal): Promise<LocalKafka> => {
  // Loaded only when it is wanted: with KAFKA_BROKERS nothing of it runs.
  const { startLocalKafka } = await import('./local-kafka/start-local-kafka.ts')
  const { describeExit } = await import('./local-kafka/describe-exit.ts')
  return startLocalKafka({
    nodes: config.localKafkaNodes,
    dir: config.localKafkaDir,
    kafkaHome: config.kafkaHome ?? undefined,
    env: options.env ?? process.env,
    signal,
    restart: config.localKafkaRestart,
    onStep: ({ text }) => options.onStep?.(text),
    onExit: exit => {
      const { nodeId, code, signal, restartInMs } = exit
      options.logger.error({ nodeId, code, signal, restartInMs }, describeExit(exit))
    },
    onReturn: back => options.logger.info({ ...back }, `node ${back.nodeId} of the local Kafka runs again`),
  })
}

/** How often to look whether Kafka answers, ms. */
const LOOK_MS = 50

/** Kafka's side of the program, started beside the server that listens already. */
export class KafkaSide implements AsyncDisposable {
  readonly late = createLateKafka()
  readonly #stopping = new AbortController()
  #stack: KafkaStack | undefined
  #local: LocalKafka | undefined
  #isEnsured = false
  #starting: Promise<void> | undefined

  get brokers(): string | null {
    return this.#local?.bootstrapServers ?? null
  }

  get stack(): KafkaStack | undefined {
    return this.#stack
  }

  reasons(): readonly string[] {
    if (this.#stack === undefined) return ['the local Kafka is being started']
    const trouble = this.#localTrouble() ?? this.#stack.trouble()
    if (trouble !== null) return [`Kafka does not answer: ${trouble}`]
    return this.#isEnsured ? [] : ['the topics are not there yet']
  }

  /** Called once. */
  start(config: Config, options: KafkaSideOptions): Promise<void> {
    this.#starting = this.#start(config, options)
    return this.#starting
  }

  async #start(config: Config, options: KafkaSideOptions): Promise<void> {
    const { signal } = this.#stopping
    const { logger, onStep } = options
    if (config.kafkaBrokers === null) this.#local = await startLocal(config, options, signal)
    signal.throwIfAborted()
    const brokers = config.kafkaBrokers ?? this.#local?.bootstrapServers.split(',') ?? []
    for (const { setting, problem } of outdatedCertificates(config))
      logger.warn({ setting, reason: problem }, 'a certificate is out of date')
    const stack = openKafkaStack(brokers, config, logger, address => this.#troubleAt(address))
    this.#stack = stack
    this.late.arrive(stack.ports)
    const { catalog, topicAdmin } = stack.ports
    await ensureTopics({ topics: config.topics, catalog, topicAdmin, logger, signal })
    // Without topics nothing was asked of Kafka yet.
    while (stack.trouble() !== null) await sleep(LOOK_MS, undefined, { signal })
    this.#isEnsured = true
    if (config.topics.length > 0) onStep?.(`Topics ensured: ${config.topics.map(topic => topic.name).join(', ')}`)
  }

  /** Why no node of the local Kafka runs: known before a connection fails. */
  #localTrouble(): string | null {
    const troubles = this.#local?.nodes.map(({ trouble }) => trouble) ?? []
    return troubles.length === 0 || troubles.includes(null) ? null : troubles.join('; ')
  }

  #troubleAt(address: string): string | null {
    return this.#local?.nodes.find(({ host, port }) => `${host}:${port}` === address)?.trouble ?? null
  }

  async endStreams(): Promise<void> {
    this.#stopping.abort()
    this.late.end()
    await this.#stack?.endStreams()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    // What fails here was told by `ready`.
    await this.#starting?.catch(() => undefined)
    await this.#stack?.[Symbol.asyncDispose]()
    await this.#local?.close()
  }
}
