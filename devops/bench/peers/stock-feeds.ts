import { KafkaPubSub } from 'graphql-kafkajs-subscriptions'
import { createPubSub } from 'graphql-yoga'
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs'
import { type StockMessage, stockMessage } from './stock-schema.ts'

/** The message source of a stock application's subscriptions. */
export type Feed = (topic: string) => AsyncIterable<StockMessage | KafkaMessage>

/** The measured kinds of feeds. */
export type FeedName = 'kafkajs-group' | 'graphql-kafkajs-subscriptions'

const kafkaOf = (brokers: string) => new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR })

/** A KafkaJS consumer group that publishes to Yoga's own pub/sub, as Yoga's documentation suggests. */
const kafkajsGroup = async (brokers: string, topic: string): Promise<Feed> => {
  const pubSub = createPubSub<{ [topic: string]: [message: StockMessage] }>()
  const consumer = kafkaOf(brokers).consumer({ groupId: `stock-${process.pid}` })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic] })
  await consumer.run({
    eachMessage: async ({ partition, message }) => pubSub.publish(topic, stockMessage(message, partition)),
  })
  return wanted => pubSub.subscribe(wanted)
}

/** The published package. It passes on KafkaJS's record without its partition. */
const packaged = async (brokers: string, topic: string): Promise<Feed> => {
  const pubSub = await KafkaPubSub.create({ kafka: kafkaOf(brokers), topic, groupIdPrefix: `packaged-${process.pid}` })
  return wanted => ({ [Symbol.asyncIterator]: () => pubSub.asyncIterator<KafkaMessage>(wanted) })
}

/** Starts to read a topic in one of the stock ways. */
export const openFeed = (name: FeedName, brokers: string, topic: string): Promise<Feed> =>
  name === 'kafkajs-group' ? kafkajsGroup(brokers, topic) : packaged(brokers, topic)
