import type { TopicSpec } from './parse-topic-spec.ts'

/** What the default topics depend on. */
interface Chosen {
  readonly kafkaBrokers: readonly string[] | null
  readonly localKafkaNodes: number
  readonly topics: readonly TopicSpec[]
}

/** Without TOPICS: none on somebody else's Kafka; on the local one the default, with as many replicas as there are nodes. */
export const defaultTopics = ({ kafkaBrokers, localKafkaNodes, topics }: Chosen): readonly TopicSpec[] =>
  kafkaBrokers === null ? topics.map(topic => ({ ...topic, replicationFactor: localKafkaNodes })) : []
