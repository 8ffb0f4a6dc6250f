import { KafkaError } from '../../kafka/kafka-error.ts'
import type { ApiVersions } from '../protocol/spoken-versions.ts'
import type { Door, KafkaJsBroker, KafkaJsConnection } from './door.ts'
import { hostAndPort } from './host-and-port.ts'

/** How often to look for silence, ms. */
const WATCH_MS = 100
/** Answers that a connection takes at most: TCP, TLS, versions, SASL. */
const MAX_STEPS = 10

/** A broker that is logged in to, on one connection. */
export interface ConnectedBroker {
  readonly connection: KafkaJsConnection
  readonly versions: ApiVersions
}

const METADATA = 3
/** Requests that only KRaft controllers take. */
const CONTROLLER_APIS = { vote: 52, brokerRegistration: 62 }

const isController = (versions: ApiVersions): boolean =>
  versions[METADATA] === undefined &&
  (versions[CONTROLLER_APIS.vote] !== undefined || versions[CONTROLLER_APIS.brokerRegistration] !== undefined)

const controllerAt = (address: string): KafkaError =>
  new KafkaError(
    'MISMATCHED_ENDPOINT_TYPE',
    `${address}: it is a KRaft controller, and clients need a broker: give the address of a broker's listener in KAFKA_BROKERS (often port 9092)`,
  )

/** Without an error, KafkaJS would reject nothing that is pending. */
export const destroyConnection = (connection: KafkaJsConnection, reason: Error): void => {
  if (connection.socket !== undefined && !connection.socket.destroyed) connection.socket.destroy(reason)
  connection.requestQueue.rejectAll(reason)
  connection.requestQueue.destroy()
}

/** Grows with each step of a connection that is being opened. */
const stepsOf = ({ connectionPool }: KafkaJsBroker): number => {
  const socket = connectionPool.pool[0]?.socket
  return socket === undefined || socket.connecting ? 0 : 1 + socket.bytesRead + socket.bytesWritten
}

/** Waits for a connection that is being opened. @throws KafkaError KAFKA_UNAVAILABLE as connectBroker does. */
const whileHeard = async (broker: KafkaJsBroker, address: string, silenceMs: number): Promise<void> => {
  const connecting = broker.connect()
  connecting.catch(() => {})
  const began = performance.now()
  let [steps, since] = [0, began]
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    const look = () => {
      const now = performance.now()
      if (stepsOf(broker) !== steps) [steps, since] = [stepsOf(broker), now]
      if (now - since < silenceMs && now - began < MAX_STEPS * silenceMs) return
      reject(new KafkaError('KAFKA_UNAVAILABLE', `no connection to ${address}: it was silent for ${silenceMs} ms`))
    }
    timer = setInterval(look, Math.min(WATCH_MS, silenceMs))
  })
  try {
    await Promise.race([connecting, silence])
  } finally {
    clearInterval(timer)
  }
}

/**
 * Connects to a broker (host:port), asks for its versions and authenticates. By TLS and SASL that takes up to eight round
 * trips: the time limit is for each, or a far broker would never be reached.
 * @throws KafkaError KAFKA_UNAVAILABLE when it is silent for `silenceMs` or far too slow; where no retry helps, TLS_FAILED,
 * SASL_AUTHENTICATION_FAILED, UNSUPPORTED_SASL_MECHANISM, ILLEGAL_SASL_STATE or MISMATCHED_ENDPOINT_TYPE.
 */
export const connectBroker = async (door: Door, address: string, silenceMs: number): Promise<ConnectedBroker> => {
  const { host, port } = hostAndPort(address)
  const broker = await door.createBroker(host, port)
  try {
    await whileHeard(broker, address, silenceMs)
    // Asked of the pool, one that was closed meanwhile would be opened again, without a limit in time.
    const [connection] = broker.connectionPool.pool
    if (connection === undefined) throw new Error('KafkaJS has a pool without connections')
    const versions = broker.versions ?? {}
    if (isController(versions)) throw controllerAt(address)
    return { connection, versions }
  } catch (thrown) {
    const reason = new Error('the connection was given up')
    for (const connection of broker.connectionPool.pool) destroyConnection(connection, reason)
    // One that is asked to log in fails at that already.
    throw isController(broker.versions ?? {}) ? controllerAt(address) : await door.diagnose.find(thrown, address)
  }
}
