import { knownEpochMs } from '../../../kafka/epoch-ms.ts'
import type { MetadataQuorum, QuorumReplica } from '../../../kafka/ports/cluster-inspector.ts'
import type { DescribedQuorum, WireQuorumReplica } from '../../requests/cluster/describe-quorum.ts'

const NO_DIRECTORY = '00000000-0000-0000-0000-000000000000'

const replicaOf = (replica: WireQuorumReplica): QuorumReplica => ({
  replicaId: replica.replicaId,
  replicaDirectoryId: replica.replicaDirectoryId === NO_DIRECTORY ? null : replica.replicaDirectoryId,
  logEndOffset: replica.logEndOffset < 0n ? null : replica.logEndOffset,
  lastFetchTimestamp: knownEpochMs(replica.lastFetchTimestamp),
  lastCaughtUpTimestamp: knownEpochMs(replica.lastCaughtUpTimestamp),
})

const byId = (one: QuorumReplica, other: QuorumReplica): number => one.replicaId - other.replicaId

/** Converts the quorum. */
export const metadataQuorumOf = (quorum: DescribedQuorum): MetadataQuorum => ({
  leaderId: quorum.leaderId < 0 ? null : quorum.leaderId,
  leaderEpoch: quorum.leaderEpoch,
  highWatermark: quorum.highWatermark,
  voters: quorum.voters.map(replicaOf).sort(byId),
  observers: quorum.observers.map(replicaOf).sort(byId),
})
