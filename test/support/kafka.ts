import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
// The type of the global setup's values.
import type {} from './global-kafka.ts'
import type { ToolTarget } from './kafka-tools.ts'

let newest: Promise<ToolTarget> | undefined
let oldest: Promise<ToolTarget> | undefined

/** The Kafka that all tests of a run share: its own node, or the cluster in TEST_KAFKA_BROKERS. */
export function sharedKafka(): Promise<ToolTarget> {
  const running = process.env.TEST_KAFKA_BROKERS
  newest ??= running ? Promise.resolve({ bootstrapServers: running }) : askDoor('newest')
  return newest
}

/** One node of the oldest supported Kafka, shared like the other one. Kafka's tools are the newest ones. */
export function oldestKafka(): Promise<ToolTarget> {
  oldest ??= askDoor('oldest')
  return oldest
}

async function askDoor(kind: 'newest' | 'oldest'): Promise<ToolTarget> {
  const answer = await fetch(`${inject('kafkaDoor')}/${kind}`, { signal: AbortSignal.timeout(170_000) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return { bootstrapServers: text }
}

/** A unique topic name. */
export function freshTopicName(prefix = 'test'): string {
  return `${prefix}-${randomUUID().slice(0, 13)}`
}
