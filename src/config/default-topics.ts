import type { TopicSpec } from './parse-topic-spec.ts'

/** The settings that determine the default topics. */
interface Chosen {
  readonly kafkaBrokers: readonly string[] | null
  readonly localKafkaNodes: number
  readonly topics: readonly TopicSpec[]
}

/** Topics if TOPICS is unset: none on an external Kafka; on the local one the default, with one replica per node. */
export const defaultTopics = ({ kafkaBrokers, localKafkaNodes, topics }: Chosen): readonly TopicSpec[] =>
  kafkaBrokers === null ? topics.map(topic => ({ ...topic, replicationFactor: localKafkaNodes })) : []
