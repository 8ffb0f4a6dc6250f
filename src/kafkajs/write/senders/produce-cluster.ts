import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { LeaderTable } from '../../transport/leader-table.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import type { ApiVersions } from '../../wire/spoken-versions.ts'

/** The part of Link that producing uses. */
export interface ProduceLink {
  readonly isAlive: boolean
  readonly versions: ApiVersions
  /** Bytes that the operating system has not accepted yet. */
  readonly unsentBytes: number
  call<T>(request: ApiRequest<T>, idleMs: number): Promise<T>
  /**
   * Waits until the broker reads again. @throws KafkaError THROTTLING_QUOTA_EXCEEDED at once if that takes longer than
   * `withinMs`.
   */
  untilUnthrottled(withinMs: number): Promise<void>
  destroy(reason: KafkaError): void
}

/** The part of ClusterMap that producing uses. */
export interface ProduceCluster {
  readonly leaders: LeaderTable
  readonly links: { get(address: string, purpose: 'produce' | 'transaction'): Promise<ProduceLink> }
  addressOf(nodeId: number): string | undefined
  /** Why a broker is unreachable or silent; null if it works again or was never tried. */
  troubleWith(nodeId: number): KafkaError | null
  refresh(topics: readonly string[]): Promise<void>
  refreshSoon(): void
  askAny<T>(make: () => ApiRequest<T>): Promise<T>
}
