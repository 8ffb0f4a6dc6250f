import type { KafkaPorts } from '../../src/kafka/ports/ports.ts'
import { type TopicName, toTopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { freshTopicName } from '../support/kafka.ts'
import { valueIn } from './outcome.ts'

/** A topic name that no other test has. */
export const fresh = (): TopicName => toTopicName(freshTopicName())

/** Creates a topic by the port. */
export const createTopic = async ({ topicAdmin }: KafkaPorts, numPartitions = 1): Promise<TopicName> => {
  const wanted = { name: fresh(), numPartitions, replicationFactor: 1, replicaAssignments: null, configs: [] }
  return valueIn((await topicAdmin.createTopics(testCall, [wanted]))[0]).name
}
