import { KafkaError } from './kafka/kafka-error.ts'
import type { Ports } from './kafka/ports/ports.ts'
import { refusing, wrapPorts } from './kafka/ports/wrap-ports.ts'

/** Kafka's ports from the first moment on: until Kafka is there, everything asked of them fails at once and may be tried again. */
export interface LateKafka {
  readonly ports: Ports
  arrive(ports: Ports): void
  /** Kafka will not arrive any more: every call fails with CLOSED. */
  end(): void
}

const unavailable = (): KafkaError =>
  new KafkaError('KAFKA_UNAVAILABLE', 'Kafka is being started: try again in a moment.')

/** Ports of a Kafka that is being started. */
export const createLateKafka = (): LateKafka => {
  let arrived: Ports | undefined
  let isEnded = false
  const absence = () => (isEnded ? new KafkaError('CLOSED') : unavailable())
  const arrivedPorts = (): Ports => {
    if (arrived === undefined) throw absence()
    return arrived
  }
  return {
    end: () => {
      isEnded = true
    },
    arrive: ports => {
      arrived = ports
    },
    ports: wrapPorts(
      arrivedPorts,
      refusing(() => (arrived === undefined ? absence() : null)),
    ),
  }
}
