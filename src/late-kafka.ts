import type { GraphQLPorts } from './graphql/context.ts'
import { KafkaError } from './kafka/kafka-error.ts'

/** Kafka's ports, usable before Kafka has started. Until then every call fails with a retriable error. */
export interface LateKafka {
  readonly ports: GraphQLPorts
  arrive(ports: GraphQLPorts): void
  /** Kafka will never arrive: from now on every call fails with CLOSED. */
  end(): void
}

const unavailable = (): KafkaError =>
  new KafkaError('KAFKA_UNAVAILABLE', 'Kafka is being started: try again in a moment.')

/** A proxy for an object whose methods all return promises. They reject with `absence()` until `target()` exists. */
const latePort = <T extends object>(target: () => T | undefined, absence: () => KafkaError): T => {
  // Each method is bound once, because Kafka arrives once.
  const bound = new Map<string | symbol, unknown>()
  const methods: ProxyHandler<T> = {
    get: (_, name) => {
      const port = target()
      if (port === undefined) return () => Promise.reject(absence())
      const method: unknown = bound.get(name) ?? Reflect.get(port, name)
      if (typeof method !== 'function' || bound.has(name)) return method
      const own: unknown = method.bind(port)
      bound.set(name, own)
      return own
    },
  }
  // The empty object is never visible: every property is looked up in the target.
  return new Proxy({} as T, methods)
}

/** Creates the ports of a Kafka that is still starting. */
export const createLateKafka = (): LateKafka => {
  let arrived: GraphQLPorts | undefined
  let isEnded = false
  const absence = () => (isEnded ? new KafkaError('CLOSED') : unavailable())
  const late = <T extends object>(target: () => T | undefined): T => latePort(target, absence)
  return {
    end: () => {
      isEnded = true
    },
    arrive: ports => {
      arrived = ports
    },
    ports: {
      catalog: late(() => arrived?.catalog),
      topicAdmin: late(() => arrived?.topicAdmin),
      configAdmin: late(() => arrived?.configAdmin),
      sink: late(() => arrived?.sink),
      streams: late(() => arrived?.streams),
      groups: late(() => arrived?.groups),
      groupAdmin: late(() => arrived?.groupAdmin),
      replicas: late(() => arrived?.replicas),
      inspector: late(() => arrived?.inspector),
      security: late(() => arrived?.security),
      transactions: late(() => arrived?.transactions),
      messageTimes: late(() => arrived?.messageTimes),
      watches: late(() => arrived?.watches),
    },
  }
}
