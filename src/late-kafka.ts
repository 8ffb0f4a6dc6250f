import type { GraphQLPorts } from './graphql/context.ts'
import { KafkaError } from './kafka/kafka-error.ts'

/** Kafka's ports from the first moment on: until Kafka is there, everything asked of them fails at once and may be tried again. */
export interface LateKafka {
  readonly ports: GraphQLPorts
  arrive(ports: GraphQLPorts): void
}

/** Ports of a Kafka that is being started. */
export const createLateKafka = (): LateKafka => {
  let arrived: GraphQLPorts | undefined
  const kafka = (): GraphQLPorts => {
    if (arrived) return arrived
    throw new KafkaError('KAFKA_UNAVAILABLE', 'Kafka is being started: try again in a moment.')
  }
  return {
    arrive: ports => {
      arrived = ports
    },
    ports: {
      catalog: {
        describeCluster: async options => kafka().catalog.describeCluster(options),
        listTopics: async options => kafka().catalog.listTopics(options),
        describeTopics: async (names, options) => kafka().catalog.describeTopics(names, options),
        listOffsets: async (requests, options) => kafka().catalog.listOffsets(requests, options),
        describeConfigs: async (resources, options) => kafka().catalog.describeConfigs(resources, options),
      },
      topicAdmin: {
        createTopics: async (topics, options) => kafka().topicAdmin.createTopics(topics, options),
        deleteTopics: async (names, options) => kafka().topicAdmin.deleteTopics(names, options),
        createPartitions: async (request, options) => kafka().topicAdmin.createPartitions(request, options),
      },
      sink: { produce: async (messages, options) => kafka().sink.produce(messages, options) },
      streams: {
        open: async (request, options) => kafka().streams.open(request, options),
        cursorAfter: message => kafka().streams.cursorAfter(message),
      },
    },
  }
}
