import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config/config.ts'
import { kafkaTls, outdatedCertificates, registryTls } from '../config/tls-problems.ts'
import type { Logger } from '../kafka/logger.ts'
import type { RegistryPorts } from '../kafka/ports/ports.ts'
import type { LocalKafka } from '../local-kafka/local-kafka.ts'
import { ensureTopics } from './ensure-topics.ts'
import { type KafkaStack, openKafkaStack } from './kafka-stack.ts'
import { createLateKafka, type LateKafka } from './late-kafka.ts'

/** Options of KafkaSide besides the settings. */
export interface KafkaSideOptions {
  readonly logger: Logger
  /** Called with a sentence at each step of the start. */
  readonly onStep?: (step: string) => void
  /** Where the local Kafka looks up PATH, JAVA_HOME and so on. Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv
}

const startLocal = async (config: Config, options: KafkaSideOptions, signal: AbortSignal): Promise<LocalKafka> => {
  // Imported only if needed: with KAFKA_BROKERS nothing of it is loaded.
  const { startLocalKafka } = await import('../local-kafka/start/start-local-kafka.ts')
  const { describeExit } = await import('../local-kafka/describe-exit.ts')
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

/** How long the ports of a local Kafka wait for its topics, in ms. */
const TOPICS_WAIT_MS = 15_000

/** Waits until the work has ended, however it ends, or the time is over. */
const settledWithin = async (work: Promise<void>, ms: number): Promise<void> => {
  const over = new AbortController()
  const limit = sleep(ms, undefined, { signal: over.signal })
  await Promise.race([work, limit]).catch(() => undefined)
  over.abort()
  await limit.catch(() => undefined)
}

/** Interval of checks whether Kafka answers, in ms. */
const LOOK_MS = 50

/** Starts Kafka's side of the program while the server already listens. */
export class KafkaSide implements AsyncDisposable {
  readonly late: LateKafka
  readonly #stopping = new AbortController()
  #stack: KafkaStack | undefined
  #local: LocalKafka | undefined
  #isEnsured = false
  #starting: Promise<void> | undefined

  constructor(registry: RegistryPorts) {
    this.late = createLateKafka(registry)
  }

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
    return this.#isEnsured ? [] : ['the topics do not exist yet']
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
    for (const { setting, problem } of [kafkaTls(config), registryTls(config)].flatMap(tls =>
      outdatedCertificates(tls),
    ))
      logger.warn({ setting, reason: problem }, 'a certificate is out of date')
    const stack = openKafkaStack(brokers, config, logger, address => this.#troubleAt(address))
    this.#stack = stack
    const { catalog, topicAdmin } = stack.ports
    const ensured = ensureTopics({ topics: config.topics, catalog, topicAdmin, logger, signal })
    // A newcomer subscribes at once: the topics of a local Kafka exist before its first response.
    if (this.#local !== undefined) await settledWithin(ensured, TOPICS_WAIT_MS)
    this.late.arrive(stack.ports)
    await ensured
    // Without topics, no request has reached Kafka yet.
    while (stack.trouble() !== null) await sleep(LOOK_MS, undefined, { signal })
    this.#isEnsured = true
    if (config.topics.length > 0) onStep?.(`Topics ensured: ${config.topics.map(topic => topic.name).join(', ')}`)
  }

  /** Why no node of the local Kafka runs. It is known before a connection fails. */
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
    // `ready` has already reported this failure.
    await this.#starting?.catch(() => undefined)
    await this.#stack?.[Symbol.asyncDispose]()
    await this.#local?.close()
  }
}
