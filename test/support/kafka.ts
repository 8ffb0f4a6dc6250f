import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
// The type of what the global setup provides.
import type {} from './global-kafka.ts'
import type { ToolTarget } from './kafka-tools.ts'

let shared: Promise<ToolTarget> | undefined

/** The Kafka that all tests of a run share: one node of its own, or the one that TEST_KAFKA_BROKERS names. */
export function sharedKafka(): Promise<ToolTarget> {
  shared ??= askDoor()
  return shared
}

async function askDoor(): Promise<ToolTarget> {
  const running = process.env.TEST_KAFKA_BROKERS
  if (running) return { bootstrapServers: running }
  const answer = await fetch(inject('kafkaDoor'), { signal: AbortSignal.timeout(170_000) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return { bootstrapServers: text }
}

/** A topic name that no other test has. */
export function freshTopicName(prefix = 'test'): string {
  return `${prefix}-${randomUUID().slice(0, 13)}`
}
