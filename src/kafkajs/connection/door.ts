import { type Cluster, type ConsumerConfig, Kafka, type KafkaConfig } from 'kafkajs'
import type { ApiVersions } from '../protocol/spoken-versions.ts'
import { connectsWith, createDiagnose, type Diagnose } from './diagnose.ts'
import { guardFrames, type ReadingConnection } from './guard-frames.ts'
import { quietQueue, type WaitingQueue } from './quiet-queue.ts'

/** A request or answer body as KafkaJS carries it: it copies `buffer` into the frame. */
interface EncodedBody {
  readonly buf: Buffer
  readonly buffer: Buffer
}

/** What KafkaJS's Connection.send takes. */
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

/** The part of KafkaJS's Connection that a link needs: one socket, TLS, SASL, correlation ids, throttling. */
export interface KafkaJsConnection extends ReadingConnection {
  readonly socket?: {
    /** Until TCP has connected. */
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
  /** False from some seconds before the end of the session (`connections.max.reauth.ms`) that SASL has opened. */
  isAuthenticated(): boolean
  send<T>(request: WireRequest<T>): Promise<T>
}

interface ConnectionPool {
  readonly pool: readonly KafkaJsConnection[]
}

/** The part of KafkaJS's Broker that a link needs: it connects, asks for versions and authenticates. */
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

/** Builds unconnected KafkaJS brokers, each with sockets of its own. */
export interface Door {
  createBroker(host: string, port: number): Promise<KafkaJsBroker>
  /** The error of a connection to `address` that failed, with the setting to change where one does not fit the listener. */
  readonly diagnose: Diagnose
}

const hasInternals = (cluster: unknown): cluster is ClusterInternals =>
  typeof cluster === 'object' && cluster !== null && 'connectionPoolBuilder' in cluster && 'brokerPool' in cluster

/**
 * Opens KafkaJS's public door to its protocol layer: a partition assigner is handed the Cluster as `consumer()` is called.
 * `run()` is never called, so nothing joins a group. Pinned to kafkajs 2.2.4; a contract test holds the door open.
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
  // KafkaJS's retries nest and have no bound in time: every retry and deadline is ours.
  new Kafka({ ...config, retry: { retries: 0 } }).consumer(options)
  const cluster: unknown = found
  if (!hasInternals(cluster)) throw new Error('this version of kafkajs hands no Cluster to partition assigners')
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
