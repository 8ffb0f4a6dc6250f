import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { ApiVersions } from '../../wire/spoken-versions.ts'
import type { Door, KafkaJsBroker, KafkaJsConnection } from './door.ts'
import { hostAndPort } from './host-and-port.ts'

/** How often to check for silence, in ms. */
const WATCH_MS = 100
/** Maximum steps of a connection: TCP, TLS, versions, SASL. */
const MAX_STEPS = 10

/** An authenticated connection to a broker. */
export interface ConnectedBroker {
  readonly connection: KafkaJsConnection
  readonly versions: ApiVersions
}

const METADATA = 3
/** Requests that only KRaft controllers support. */
const CONTROLLER_APIS = { vote: 52, brokerRegistration: 62 }

const isController = (versions: ApiVersions): boolean =>
  versions[METADATA] === undefined &&
  (versions[CONTROLLER_APIS.vote] !== undefined || versions[CONTROLLER_APIS.brokerRegistration] !== undefined)

const controllerAt = (address: string): KafkaError =>
  new KafkaError(
    'MISMATCHED_ENDPOINT_TYPE',
    `${address}: it is a KRaft controller, but clients need a broker: give the address of a broker's listener in KAFKA_BROKERS (often port 9092)`,
  )

/** Without an error, KafkaJS would not reject pending requests. */
export const destroyConnection = (connection: KafkaJsConnection, reason: Error): void => {
  if (connection.socket !== undefined && !connection.socket.destroyed) connection.socket.destroy(reason)
  connection.requestQueue.rejectAll(reason)
  connection.requestQueue.destroy()
}

/** Increases with each step of an opening connection. */
const stepsOf = ({ connectionPool }: KafkaJsBroker): number => {
  const socket = connectionPool.pool[0]?.socket
  return socket === undefined || socket.connecting ? 0 : 1 + socket.bytesRead + socket.bytesWritten
}

/** Waits for an opening connection. @throws KafkaError KAFKA_UNAVAILABLE like connectBroker. */
const untilConnected = async (broker: KafkaJsBroker, address: string, silenceMs: number): Promise<void> => {
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
 * Connects to a broker (host:port), gets its versions and authenticates. With TLS and SASL this takes up to eight round
 * trips. The time limit applies to each, or a distant broker could never be reached.
 * @throws KafkaError KAFKA_UNAVAILABLE if it is silent for `silenceMs` or far too slow. If no retry can help:
 * TLS_FAILED, SASL_AUTHENTICATION_FAILED, UNSUPPORTED_SASL_MECHANISM, ILLEGAL_SASL_STATE or MISMATCHED_ENDPOINT_TYPE.
 */
export const connectBroker = async (door: Door, address: string, silenceMs: number): Promise<ConnectedBroker> => {
  const { host, port } = hostAndPort(address)
  const broker = await door.createBroker(host, port)
  try {
    await untilConnected(broker, address, silenceMs)
    // Read directly: the pool's getter would reopen a closed connection without a time limit.
    const [connection] = broker.connectionPool.pool
    if (connection === undefined) throw new Error('KafkaJS has a pool without connections')
    const versions = broker.versions ?? {}
    if (isController(versions)) throw controllerAt(address)
    return { connection, versions }
  } catch (thrown) {
    const reason = new Error('the connection was abandoned')
    for (const connection of broker.connectionPool.pool) destroyConnection(connection, reason)
    // A controller that is asked to log in fails at that step already.
    throw isController(broker.versions ?? {}) ? controllerAt(address) : await door.diagnose.find(thrown, address)
  }
}
