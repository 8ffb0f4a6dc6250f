import { LRUCache } from 'lru-cache'
import { kafkaErrorAbout } from '../../kafka/error-about.ts'
import { groupWords } from '../../kafka/group-words.ts'
import { KafkaError, type Outcome } from '../../kafka/kafka-error.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { findCoordinatorsRequest } from '../protocol/find-coordinator.ts'

/** As many groups as one cluster may well have. */
const MAX_REMEMBERED = 50_000

/** Remembers which broker coordinates which group: the one that lists it. Those not known are looked for in one request. */
export class GroupCoordinators {
  readonly #cluster: ClusterMap
  /** Bounded by size, not by `max`, for which the cache would allocate all its places at once. */
  readonly #nodeIds = new LRUCache<string, number>({ maxSize: MAX_REMEMBERED, sizeCalculation: () => 1 })

  constructor(cluster: ClusterMap) {
    this.#cluster = cluster
  }

  learn(groupId: string, nodeId: number): void {
    this.#nodeIds.set(groupId, nodeId)
  }

  /** For groups that their coordinator disowned, or that does not answer: it may be another one now. */
  forget(groupIds: Iterable<string>): void {
    for (const groupId of groupIds) this.#nodeIds.delete(groupId)
  }

  /**
   * Each group's coordinator; one attempt. Looking for one makes a cluster that has no groups yet create its topic of
   * offsets: only asked for groups that are listed, or about to be changed.
   * @throws KafkaError KAFKA_UNAVAILABLE.
   */
  async find(groupIds: readonly string[]): Promise<ReadonlyMap<string, Outcome<number>>> {
    const unknown = groupIds.filter(groupId => !this.#nodeIds.has(groupId))
    const failures = new Map<string, KafkaError>()
    if (unknown.length > 0) {
      const found = await this.#cluster.askAny(() => findCoordinatorsRequest('GROUP', unknown))
      for (const { key, nodeId, errorCode, errorMessage } of found) {
        if (errorCode === 0) this.learn(key, nodeId)
        else failures.set(key, kafkaErrorAbout({ group: key }, errorCode, errorMessage))
      }
    }
    return new Map(groupIds.map(id => [id, this.#nodeIds.get(id) ?? failures.get(id) ?? unanswered(id)]))
  }
}

const unanswered = (groupId: string): KafkaError =>
  new KafkaError('COORDINATOR_NOT_AVAILABLE', `Kafka did not say which broker coordinates ${groupWords(groupId)}`)
