import type { ClusterDescription } from '../../kafka/cluster.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { type RetryBounds, retrying } from '../connection/retry.ts'
import { describeQuorumRequest } from '../protocol/describe-quorum.ts'
import { metadataRequest } from '../protocol/metadata.ts'

/**
 * The leader of the controllers; undefined where that cannot be asked: without KRaft, without the right to, or while the
 * controllers do not answer.
 */
const askQuorumLeader = async (cluster: ClusterMap): Promise<number | null | undefined> => {
  try {
    const { errorCode, leaderId } = await cluster.askAny(describeQuorumRequest)
    if (errorCode !== 0) return undefined
    return leaderId < 0 ? null : leaderId
  } catch {
    return undefined
  }
}

/** Brokers and controller. Under KRaft, Metadata names any broker as the controller: the quorum's leader is the true one. */
export const describeCluster = async (cluster: ClusterMap, bounds: RetryBounds): Promise<ClusterDescription> => {
  const [answer, quorumLeader] = await retrying(bounds, () =>
    Promise.all([cluster.askAny(() => metadataRequest([])), askQuorumLeader(cluster)]),
  )
  const named = answer.controllerId < 0 ? null : answer.controllerId
  return {
    clusterId: answer.clusterId,
    controllerId: quorumLeader === undefined ? named : quorumLeader,
    brokers: [...answer.brokers].sort((one, other) => one.nodeId - other.nodeId),
  }
}
