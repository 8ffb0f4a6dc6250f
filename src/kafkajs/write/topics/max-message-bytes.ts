import { isFailure } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { Catalog } from '../../../kafka/ports/catalog.ts'
import type { MaxMessageBytes } from '../senders/produce-context.ts'

const NAME = 'max.message.bytes'

/** Reads a topic's `max.message.bytes`. @throws KafkaError if the topic's configs cannot be read. */
export const maxMessageBytesOf =
  (catalog: Catalog, call: Call): MaxMessageBytes =>
  async (topic, signal) => {
    const [outcome] = await catalog.describeConfigs({ ...call, signal }, [{ type: 'TOPIC', name: topic }])
    if (outcome === undefined || isFailure(outcome)) throw outcome
    const entry = outcome.find(({ name }) => name === NAME)
    if (entry?.value == null) throw new Error(`topic ${topic} has no ${NAME}`)
    return Number(entry.value)
  }
