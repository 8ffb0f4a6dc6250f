import { type Cluster, type ConsumerConfig, Kafka, type KafkaConfig } from 'kafkajs'
import type { ApiVersions } from '../../wire/spoken-versions.ts'
import { connectsWith, createDiagnose, type Diagnose } from './diagnose.ts'
import { guardFrames, type ReadingConnection } from './guard-frames.ts'
import { quietQueue, type WaitingQueue } from './quiet-queue.ts'

/** A request or response body as KafkaJS carries it. KafkaJS copies `buffer` into the frame. */
interface EncodedBody {
  readonly buf: Buffer
  readonly buffer: Buffer
}

/** The argument of KafkaJS's Connection.send. */
export interface WireRequest<T> {
  readonly request: {
    readonly apiKey: number
    readonly apiVersion: number
    readonly apiName: string
    readonly expectResponse: () => boolean
    readonly encode: () => Promise<EncodedBody>
  }
  readonly response: {
    readonly decode: (payload: Buffer) => Promise<{ readonly data: T }>
    readonly parse: (decoded: { readonly data: T }) => Promise<T>
  }
  readonly logResponseError: boolean
}

/** The part of KafkaJS's Connection that a link uses: one socket, TLS, SASL, correlation ids, throttling. */
export interface KafkaJsConnection extends ReadingConnection {
  readonly socket?: {
    /** True until TCP has connected. */
    readonly connecting: boolean
    readonly bytesRead: number
    readonly bytesWritten: number
    readonly writableLength: number
    readonly destroyed: boolean
    destroy(error: Error): void
  }
  readonly requestQueue: WaitingQueue & { destroy(): void; rejectAll(error: Error): void }
  /** Null without SASL. */
  readonly sasl: object | null
  isConnected(): boolean
  /** False from a few seconds before the SASL session ends (`connections.max.reauth.ms`). */
  isAuthenticated(): boolean
  send<T>(request: WireRequest<T>): Promise<T>
}

interface ConnectionPool {
  readonly pool: readonly KafkaJsConnection[]
}

/** The part of KafkaJS's Broker that a link uses: it connects, gets the versions and authenticates. */
export interface KafkaJsBroker {
  readonly connectionPool: ConnectionPool
  readonly versions: ApiVersions | null
  connect(): Promise<void>
}

interface ClusterInternals {
  readonly rootLogger: unknown
  readonly connectionPoolBuilder: { build(at: { host: string; port: number }): Promise<ConnectionPool> }
  readonly brokerPool: {
    createBroker(options: {
      connectionPool: ConnectionPool
      logger: unknown
      versions: ApiVersions | null
    }): KafkaJsBroker
  }
}

/** Creates unconnected KafkaJS brokers, each with its own sockets. */
export interface Door {
  createBroker(host: string, port: number): Promise<KafkaJsBroker>
  /** Explains failed connections to `address`, including settings that do not match the listener. */
  readonly diagnose: Diagnose
}

const hasInternals = (cluster: unknown): cluster is ClusterInternals =>
  typeof cluster === 'object' && cluster !== null && 'connectionPoolBuilder' in cluster && 'brokerPool' in cluster

/**
 * Gets access to KafkaJS's protocol layer through its public API: `consumer()` passes its Cluster to each partition
 * assigner. `run()` is never called, so nothing joins a group. Pinned to kafkajs 2.2.4; a contract test checks that the
 * access still works.
 */
export const openDoor = (config: KafkaConfig): Door => {
  let found: Cluster | undefined
  const assigner = (handed: { cluster: Cluster }) => {
    found = handed.cluster
    return {
      name: 'none',
      version: 1,
      assign: async () => [],
      protocol: () => ({ name: 'none', metadata: Buffer.alloc(0) }),
    }
  }
  const options: ConsumerConfig = {
    groupId: 'never-joined',
    allowAutoTopicCreation: false,
    partitionAssigners: [assigner],
  }
  // KafkaJS's retries nest and have no time limit, so they are off. All retries and deadlines are ours.
  new Kafka({ ...config, retry: { retries: 0 } }).consumer(options)
  const cluster: unknown = found
  if (!hasInternals(cluster)) throw new Error('this version of kafkajs does not pass a Cluster to partition assigners')
  return {
    diagnose: createDiagnose(connectsWith(config)),
    createBroker: async (host, port) => {
      const connectionPool = await cluster.connectionPoolBuilder.build({ host, port })
      for (const connection of connectionPool.pool) {
        guardFrames(connection)
        quietQueue(connection.requestQueue)
      }
      return cluster.brokerPool.createBroker({ connectionPool, logger: cluster.rootLogger, versions: null })
    },
  }
}
