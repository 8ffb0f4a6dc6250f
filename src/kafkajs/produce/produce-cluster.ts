import type { KafkaError } from '../../kafka/kafka-error.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { LeaderTable } from '../connection/leader-table.ts'
import type { ApiVersions } from '../protocol/spoken-versions.ts'

/** The part of a Link that producing needs. */
export interface ProduceLink {
  readonly isAlive: boolean
  readonly versions: ApiVersions
  /** Bytes that the operating system has not taken yet. */
  readonly unsentBytes: number
  call<T>(request: ApiRequest<T>, idleMs: number): Promise<T>
  /** Waits until the broker reads again. @throws KafkaError THROTTLING_QUOTA_EXCEEDED at once when it would not within `withinMs`. */
  untilHeard(withinMs: number): Promise<void>
  destroy(reason: KafkaError): void
}

/** The part of a ClusterMap that producing needs. */
export interface ProduceCluster {
  readonly leaders: LeaderTable
  readonly links: { get(address: string, purpose: 'produce' | 'transaction'): Promise<ProduceLink> }
  addressOf(nodeId: number): string | undefined
  /** Why a broker was not reached or did not answer; null when it has worked since, or was never tried. */
  troubleWith(nodeId: number): KafkaError | null
  refresh(topics: readonly string[]): Promise<void>
  refreshSoon(): void
  askAny<T>(make: () => ApiRequest<T>): Promise<T>
}
