import type { ClusterDescription } from '../../../kafka/cluster.ts'
import { describeQuorumLeaderRequest } from '../../requests/cluster/describe-quorum.ts'
import { metadataRequest } from '../../requests/cluster/metadata.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import { orAborted } from '../../transport/wait.ts'

/** Brokers forward DescribeQuorum to the controller, which does not answer while it is down or being elected. */
const QUORUM_MS = 700

/** Describes the brokers and finds the active controller. */
export class ClusterDescriber {
  readonly #cluster: ClusterMap
  #hasQuorum = false

  constructor(cluster: ClusterMap) {
    this.#cluster = cluster
  }

  /** Describes the cluster, with the controller id that the brokers report. */
  async describe(bounds: RetryBounds): Promise<ClusterDescription> {
    const answer = await this.#cluster.askAnyUntil(() => metadataRequest([]), bounds)
    return {
      clusterId: answer.clusterId,
      controllerId: answer.controllerId < 0 ? null : answer.controllerId,
      brokers: [...answer.brokers].sort((one, other) => one.nodeId - other.nodeId),
    }
  }

  /**
   * The leader of the controllers, or null while there is none. Undefined if the request is not permitted or not
   * supported (without KRaft). Metadata cannot replace it: under KRaft it names any broker as the controller.
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
