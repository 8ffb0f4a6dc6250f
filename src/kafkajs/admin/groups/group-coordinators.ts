import { LRUCache } from 'lru-cache'
import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { groupWords } from '../../../kafka/group-words.ts'
import { findCoordinatorsRequest } from '../../requests/cluster/find-coordinator.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'

/** Enough for the groups of one cluster. Beyond it, the least recently used entries are evicted. */
const MAX_REMEMBERED = 50_000

/** Caches each group's coordinator, which is the broker that lists it. Looks up unknown ones in one request. */
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

  /** Call for groups whose coordinator refused or did not answer, because it may have moved. */
  forget(groupIds: Iterable<string>): void {
    for (const groupId of groupIds) this.#nodeIds.delete(groupId)
  }

  /**
   * The coordinator of each group; one attempt. On a cluster without groups this makes Kafka create its offsets topic,
   * so call it only for groups that are listed or about to be changed.
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
  new KafkaError('COORDINATOR_NOT_AVAILABLE', `Kafka did not report which broker coordinates ${groupWords(groupId)}`)
