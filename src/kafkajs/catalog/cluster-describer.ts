import type { ClusterDescription } from '../../kafka/cluster.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import type { RetryBounds } from '../connection/retry.ts'
import { orAborted } from '../connection/wait.ts'
import { describeQuorumLeaderRequest } from '../protocol/describe-quorum.ts'
import { metadataRequest } from '../protocol/metadata.ts'

/** Brokers forward the question to the controller: while that one is stopped or being elected, no answer comes, ms. */
const QUORUM_MS = 700

/** Describes the brokers, and names the active controller. */
export class ClusterDescriber {
  readonly #cluster: ClusterMap
  #hasQuorum = false

  constructor(cluster: ClusterMap) {
    this.#cluster = cluster
  }

  /** With the controller as the brokers name it. */
  async describe(bounds: RetryBounds): Promise<ClusterDescription> {
    const answer = await this.#cluster.askAnyUntil(() => metadataRequest([]), bounds)
    return {
      clusterId: answer.clusterId,
      controllerId: answer.controllerId < 0 ? null : answer.controllerId,
      brokers: [...answer.brokers].sort((one, other) => one.nodeId - other.nodeId),
    }
  }

  /**
   * The leader of the controllers, null while there is none; undefined where that may not be asked or is not known, without
   * KRaft: under KRaft, Metadata names any broker as the controller.
   */
  async askQuorumLeader(): Promise<number | null | undefined> {
    try {
      const asking = this.#cluster.askAny(describeQuorumLeaderRequest, 'forwarded')
      const { errorCode, leaderId } = await orAborted(asking, AbortSignal.timeout(QUORUM_MS))
      this.#hasQuorum = errorCode === 0
      if (!this.#hasQuorum) return undefined
      return leaderId < 0 ? null : leaderId
    } catch {
      return this.#hasQuorum ? null : undefined
    }
  }
}
