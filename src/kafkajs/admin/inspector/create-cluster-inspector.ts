import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { BrokerRegistration, ClusterInspector } from '../../../kafka/ports/cluster-inspector.ts'
import { apiVersionsRequest } from '../../requests/cluster/api-versions.ts'
import { describeClusterRequest, type WireBroker } from '../../requests/cluster/describe-cluster.ts'
import { describeQuorumRequest } from '../../requests/cluster/describe-quorum.ts'
import { metadataRequest } from '../../requests/cluster/metadata.ts'
import { boundsOf } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { Link } from '../../transport/link.ts'
import type { LinkPurpose } from '../../transport/links.ts'
import { retrying } from '../../transport/retry.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import { API_NAMES } from './api-names.ts'
import { authorizedOperationsOf } from './authorized-operations.ts'
import type { InspectorLimits } from './inspector-limits.ts'
import { metadataQuorumOf } from './metadata-quorum.ts'

/** Dependencies of the inspector. */
export interface InspectorParts {
  readonly cluster: ClusterMap
  readonly limits: InspectorLimits
}

interface Answer {
  readonly errorCode: number
  readonly errorMessage?: string | null
}

const checked = <T extends Answer>(answer: T): T => {
  if (answer.errorCode !== 0) throw kafkaErrorOf(answer.errorCode, answer.errorMessage)
  return answer
}

const registrationOf = ({ isFenced, ...broker }: WireBroker): BrokerRegistration[] =>
  isFenced === null ? [] : [{ ...broker, isFenced }]

/** Reads information about the cluster. Nothing is cached. */
export const createClusterInspector = ({ cluster, limits }: InspectorParts): ClusterInspector => {
  const { deadlineMs, brokerMs } = limits
  const ask = <T extends Answer>(
    call: Call,
    make: (link: Link) => ApiRequest<T>,
    purpose: LinkPurpose = 'control',
  ): Promise<T> => retrying(boundsOf(call, deadlineMs), async () => checked(await cluster.askAny(make, purpose)))
  const askVersions = (call: Call, nodeId: number) =>
    retrying(boundsOf(call, brokerMs), async () => {
      if (cluster.addressOf(nodeId) === undefined) await cluster.refresh()
      return checked(await cluster.askNode(nodeId, apiVersionsRequest))
    })
  return {
    describeQuorum: async call => metadataQuorumOf(await ask(call, describeQuorumRequest, 'forwarded')),
    describeFeatures: async call => {
      const { finalizedFeatures } = await ask(call, apiVersionsRequest)
      return [...finalizedFeatures].sort((one, other) => (one.name < other.name ? -1 : 1))
    },
    apiVersions: async (call, nodeId) => {
      const { apiKeys } = await (nodeId === null ? ask(call, apiVersionsRequest) : askVersions(call, nodeId))
      return apiKeys
        .map(range => ({ ...range, name: API_NAMES[range.apiKey] ?? 'UNKNOWN' }))
        .sort((one, other) => one.apiKey - other.apiKey)
    },
    registeredBrokers: async call => {
      const { brokers } = await ask(call, describeClusterRequest)
      const registered = brokers.flatMap(registrationOf).sort((one, other) => one.nodeId - other.nodeId)
      return registered.length === 0 ? null : registered
    },
    clusterOperations: async call =>
      authorizedOperationsOf((await ask(call, describeClusterRequest)).authorizedOperations),
    topicOperations: async (call, names) => {
      const { topics } = await cluster.askAnyUntil(() => metadataRequest(names, true), boundsOf(call, deadlineMs))
      const found = new Map(topics.map(topic => [topic.name, topic]))
      return names.map(name => {
        const topic = found.get(name)
        if (topic === undefined) return null
        return topic.errorCode !== 0 && topic.partitions.length === 0
          ? kafkaErrorAbout({ topic: name }, topic.errorCode)
          : authorizedOperationsOf(topic.authorizedOperations)
      })
    },
  }
}
