import type { LocalKafka, LocalKafkaOptions } from '../../src/local-kafka/local-kafka.ts'
import { startLocalKafka } from '../../src/local-kafka/start/start-local-kafka.ts'
import { tempDir } from './temp-dir.ts'

/** The oldest Kafka that the README calls supported. */
export const OLDEST_KAFKA = '3.9.1'

/** A Kafka for one test that stops, kills or reconfigures it. Its data is deleted with it. */
export async function ownKafka(
  options: Pick<LocalKafkaOptions, 'nodes'> & Partial<LocalKafkaOptions>,
): Promise<LocalKafka> {
  const dir = await tempDir()
  try {
    // A requested version comes from Maven, even when another Kafka is installed.
    const kafkaHome = options.version === undefined ? process.env.KAFKA_HOME : undefined
    const kafka = await startLocalKafka({ dir: dir.path, env: process.env, kafkaHome, ...options })
    const close = () => kafka.close().finally(() => dir[Symbol.asyncDispose]())
    return {
      ...kafka,
      // Read each time: process ids change when nodes restart.
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
