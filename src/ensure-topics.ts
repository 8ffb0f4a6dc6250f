import { setTimeout as sleep } from 'node:timers/promises'
import type { TopicSpec } from './config/parse-topic-spec.ts'
import { asKafkaError, isFailure, type KafkaError } from './kafka/kafka-error.ts'
import type { Logger } from './kafka/logger.ts'
import { ownCall } from './kafka/ports/call.ts'
import type { Catalog } from './kafka/ports/catalog.ts'
import type { TopicAdmin } from './kafka/ports/topic-admin.ts'

/** What topics are ensured with. */
export interface EnsureTopicsOptions {
  readonly topics: readonly TopicSpec[]
  readonly catalog: Catalog
  readonly topicAdmin: TopicAdmin
  readonly logger: Logger
  /** Abandons. Without it, a Kafka that is down is waited for. */
  readonly signal: AbortSignal
}

/** Between two attempts, ms: the first pause, and the longest. */
const PAUSE = { first: 200, longest: 5000 }

/** Brokers that join after the first one make replicas possible. */
const mayPass = (error: KafkaError): boolean => error.retriable || error.code === 'INVALID_REPLICATION_FACTOR'

/** Topics that are not there yet; of those that are, a difference is told and left alone. */
const missingTopics = async (options: EnsureTopicsOptions): Promise<readonly TopicSpec[]> => {
  const { topics, catalog, logger, signal } = options
  const found = await catalog.describeTopics(
    ownCall({ signal }),
    topics.map(topic => topic.name),
  )
  return topics.filter((topic, index) => {
    const known = found[index]
    if (known === undefined) return true
    if (isFailure(known)) {
      if (known.code === 'UNKNOWN_TOPIC_OR_PARTITION') return true
      throw known
    }
    const partitions = known.partitions.length
    if (partitions !== topic.numPartitions)
      logger.warn(
        { topic: topic.name, partitions, wanted: topic.numPartitions },
        'the topic exists with other partitions',
      )
    return false
  })
}

const ensureOnce = async (options: EnsureTopicsOptions): Promise<void> => {
  const missing = await missingTopics(options)
  if (missing.length === 0) return
  const created = await options.topicAdmin.createTopics(ownCall({ signal: options.signal }), missing)
  for (const outcome of created) if (isFailure(outcome) && outcome.code !== 'TOPIC_ALREADY_EXISTS') throw outcome
}

/**
 * Creates the topics that are missing; run again, it changes nothing. Waits for Kafka as long as it takes.
 * @throws KafkaError for what no waiting mends; the signal's reason when abandoned.
 */
export const ensureTopics = async (options: EnsureTopicsOptions): Promise<void> => {
  const { topics, logger, signal } = options
  if (topics.length === 0) return
  for (let pause = PAUSE.first; ; pause = Math.min(pause * 2, PAUSE.longest)) {
    try {
      return await ensureOnce(options)
    } catch (thrown) {
      signal.throwIfAborted()
      const error = asKafkaError(thrown)
      if (!mayPass(error)) throw error
      logger.warn({ code: error.code, reason: error.message }, 'topics cannot be ensured yet')
    }
    await sleep(pause, undefined, { signal })
  }
}
