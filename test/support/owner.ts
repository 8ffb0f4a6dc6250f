import { startLocalKafka } from '../../src/local-kafka/start/start-local-kafka.ts'

// A program that owns a local Kafka, for tests that end it. Prints Java's process id when ready, stops on SIGTERM.
const [dir = ''] = process.argv.slice(2)
const kafka = await startLocalKafka({ nodes: 1, dir, env: process.env, kafkaHome: process.env.KAFKA_HOME })
process.once('SIGTERM', () => void kafka.close())
console.log(JSON.stringify({ java: kafka.nodes[0]?.pid, bootstrapServers: kafka.bootstrapServers }))
