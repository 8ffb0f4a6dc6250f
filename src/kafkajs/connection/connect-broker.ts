import { KafkaError } from '../../kafka/kafka-error.ts'
import { connectionFault } from '../faults.ts'
import type { ApiVersions, Door, KafkaJsBroker, KafkaJsConnection } from './door.ts'

/** How often to look for silence, ms. */
const WATCH_MS = 100
/** Answers that a connection takes at most: TCP, TLS, versions, SASL. */
const MAX_STEPS = 10

/** A broker that is logged in to, on one connection. */
interface ConnectedBroker {
  readonly connection: KafkaJsConnection
  readonly versions: ApiVersions
}

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
 * @throws KafkaError KAFKA_UNAVAILABLE when it is silent for `silenceMs` or far too slow, SASL_AUTHENTICATION_FAILED.
 */
export const connectBroker = async (door: Door, address: string, silenceMs: number): Promise<ConnectedBroker> => {
  const colon = address.lastIndexOf(':')
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '')
  const broker = await door.createBroker(host, Number(address.slice(colon + 1)))
  try {
    await whileHeard(broker, address, silenceMs)
    // Asked of the pool, one that was closed meanwhile would be opened again, without a limit in time.
    const [connection] = broker.connectionPool.pool
    if (connection === undefined) throw new Error('KafkaJS has a pool without connections')
    return { connection, versions: broker.versions ?? {} }
  } catch (thrown) {
    const reason = new Error('the connection was given up')
    for (const connection of broker.connectionPool.pool) destroyConnection(connection, reason)
    throw connectionFault(address, thrown)
  }
}
