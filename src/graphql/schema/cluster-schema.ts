import { brokerChangedParts } from '../cluster/broker-changed.ts'
import { brokerIsFenced } from '../cluster/broker-fencing.ts'
import { Broker } from '../cluster/broker-type.ts'
import { clusterParts } from '../cluster/cluster-type.ts'
import { featuresParts } from '../cluster/features.ts'
import { metadataQuorumParts } from '../cluster/metadata-quorum-type.ts'
import type { FolderParts } from '../core/schema-part.ts'
import { clusterHealthSubscription } from '../health/cluster-health.ts'
import { clusterHealthParts } from '../health/cluster-health-type.ts'
import { authorizedOperationsParts } from '../topic/authorized-operations.ts'

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
