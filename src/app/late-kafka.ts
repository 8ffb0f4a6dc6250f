import { KafkaError } from '../kafka/errors/kafka-error.ts'
import type { KafkaPorts, Ports, RegistryPorts } from '../kafka/ports/ports.ts'
import { refusing, wrapPorts } from '../kafka/ports/wrap-ports.ts'

/** All ports, usable before Kafka has started. Until then every call to Kafka fails with a retriable error. */
export interface LateKafka {
  readonly ports: Ports
  arrive(ports: KafkaPorts): void
  /** Kafka will never arrive: from now on every call to it fails with CLOSED. */
  end(): void
}

const unavailable = (): KafkaError =>
  new KafkaError('KAFKA_UNAVAILABLE', 'Kafka is being started: try again in a moment.')

/** Ports of a Kafka that is being started. Those of the schema registry do not wait for it. */
export const createLateKafka = ({ schemaRegistry, payloadWriter }: RegistryPorts): LateKafka => {
  let arrived: Ports | undefined
  let isEnded = false
  const absence = () => (isEnded ? new KafkaError('CLOSED') : unavailable())
  const arrivedPorts = (): Ports => {
    if (arrived === undefined) throw absence()
    return arrived
  }
  const ports = wrapPorts(
    arrivedPorts,
    refusing(() => (arrived === undefined ? absence() : null)),
  )
  return {
    end: () => {
      isEnded = true
    },
    arrive: kafka => {
      arrived = { ...kafka, schemaRegistry, payloadWriter }
    },
    ports: { ...ports, schemaRegistry, payloadWriter },
  }
}
