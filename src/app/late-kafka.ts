import { KafkaError } from '../kafka/errors/kafka-error.ts'
import type { Ports } from '../kafka/ports/ports.ts'
import { refusing, wrapPorts } from '../kafka/ports/wrap-ports.ts'

/** Kafka's ports, usable before Kafka has started. Until then every call fails with a retriable error. */
export interface LateKafka {
  readonly ports: Ports
  arrive(ports: Ports): void
  /** Kafka will never arrive: from now on every call fails with CLOSED. */
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
