import { setTimeout as sleep } from 'node:timers/promises'
import type { TopicSpec } from '../config/parse-topic-spec.ts'
import { asKafkaError, isFailure, type KafkaError } from '../kafka/errors/kafka-error.ts'
import type { Logger } from '../kafka/logger.ts'
import { ownCall } from '../kafka/ports/call.ts'
import type { Catalog } from '../kafka/ports/catalog.ts'
import type { TopicAdmin } from '../kafka/ports/topic-admin.ts'

/** Options of ensureTopics. */
export interface EnsureTopicsOptions {
  readonly topics: readonly TopicSpec[]
  readonly catalog: Catalog
  readonly topicAdmin: TopicAdmin
  readonly logger: Logger
  /** Aborts the wait. Otherwise it waits for Kafka without limit. */
  readonly signal: AbortSignal
}

/** Backoff between attempts, in ms. */
const PAUSE = { first: 200, longest: 5000 }

/** More brokers may still join and make the replicas possible. */
const mayPass = (error: KafkaError): boolean => error.retriable || error.code === 'INVALID_REPLICATION_FACTOR'

/** Topics that do not exist yet. An existing topic that differs is logged and left unchanged. */
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
        'the topic exists with a different number of partitions',
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
 * Creates the missing topics; idempotent. Waits for Kafka without limit.
 * @throws KafkaError if waiting would not help; the signal's reason if aborted.
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
      logger.warn({ code: error.code, reason: error.message }, 'topics cannot be created yet')
    }
    await sleep(pause, undefined, { signal })
  }
}
