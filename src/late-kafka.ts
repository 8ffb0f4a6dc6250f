import type { GraphQLPorts } from './graphql/context.ts'
import { KafkaError } from './kafka/kafka-error.ts'

/** Kafka's ports from the first moment on: until Kafka is there, everything asked of them fails at once and may be tried again. */
export interface LateKafka {
  readonly ports: GraphQLPorts
  arrive(ports: GraphQLPorts): void
}

const notYet = async (): Promise<never> => {
  throw new KafkaError('KAFKA_UNAVAILABLE', 'Kafka is being started: try again in a moment.')
}

/** Stands in for an object whose methods all answer promises: those of `target()` once there is one. */
const latePort = <T extends object>(target: () => T | undefined): T => {
  // Bound once: Kafka arrives once.
  const bound = new Map<string | symbol, unknown>()
  const methods: ProxyHandler<T> = {
    get: (_, name) => {
      const port = target()
      if (port === undefined) return notYet
      const method: unknown = bound.get(name) ?? Reflect.get(port, name)
      if (typeof method !== 'function' || bound.has(name)) return method
      const own: unknown = method.bind(port)
      bound.set(name, own)
      return own
    },
  }
  // The empty object is never seen: every property is looked up in the target.
  return new Proxy({} as T, methods)
}

/** Ports of a Kafka that is being started. */
export const createLateKafka = (): LateKafka => {
  let arrived: GraphQLPorts | undefined
  return {
    arrive: ports => {
      arrived = ports
    },
    ports: {
      catalog: latePort(() => arrived?.catalog),
      topicAdmin: latePort(() => arrived?.topicAdmin),
      configAdmin: latePort(() => arrived?.configAdmin),
      sink: latePort(() => arrived?.sink),
      streams: latePort(() => arrived?.streams),
      groups: latePort(() => arrived?.groups),
      groupAdmin: latePort(() => arrived?.groupAdmin),
      replicas: latePort(() => arrived?.replicas),
      inspector: latePort(() => arrived?.inspector),
      security: latePort(() => arrived?.security),
      transactions: latePort(() => arrived?.transactions),
      messageTimes: latePort(() => arrived?.messageTimes),
      watches: latePort(() => arrived?.watches),
    },
  }
}
