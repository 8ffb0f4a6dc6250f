import type { FolderParts } from '../schema-part.ts'
import { authorizedOperationsParts } from './authorized-operations.ts'
import { brokerChangedParts } from './broker-changed.ts'
import { brokerIsFenced } from './broker-fencing.ts'
import { Broker } from './broker-type.ts'
import { clusterHealthSubscription } from './cluster-health.ts'
import { clusterHealthParts } from './cluster-health-type.ts'
import { clusterParts } from './cluster-type.ts'
import { featuresParts } from './features.ts'
import { metadataQuorumParts } from './metadata-quorum-type.ts'

/** What the schema says of clusters. */
export const clusterSchema: FolderParts = {
  reads: [
    authorizedOperationsParts,
    brokerChangedParts,
    brokerIsFenced,
    Broker,
    clusterHealthParts,
    clusterHealthSubscription,
    clusterParts,
    featuresParts,
    metadataQuorumParts,
  ],
}
