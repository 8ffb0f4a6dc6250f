import type { LocalKafka, LocalKafkaOptions } from '../../src/local-kafka/local-kafka.ts'
import { startLocalKafka } from '../../src/local-kafka/start-local-kafka.ts'
import { tempDir } from './temp-dir.ts'

/** The oldest Kafka that the README says is supported. */
export const OLDEST_KAFKA = '3.9.1'

/** A Kafka of a test's own, for tests that stop, kill or reconfigure it; its data goes with it. */
export async function ownKafka(
  options: Pick<LocalKafkaOptions, 'nodes'> & Partial<LocalKafkaOptions>,
): Promise<LocalKafka> {
  const dir = await tempDir()
  try {
    // A version asked for comes by Maven, whatever Kafka is at hand.
    const kafkaHome = options.version === undefined ? process.env.KAFKA_HOME : undefined
    const kafka = await startLocalKafka({ dir: dir.path, env: process.env, kafkaHome, ...options })
    const close = () => kafka.close().finally(() => dir[Symbol.asyncDispose]())
    return {
      ...kafka,
      // Read anew each time: process ids change when nodes are started again.
      get nodes() {
        return kafka.nodes
      },
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await dir[Symbol.asyncDispose]()
    throw error
  }
}
