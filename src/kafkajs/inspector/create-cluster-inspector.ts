import type { BrokerRegistration, ClusterInspector } from '../../kafka/cluster-inspector.ts'
import { kafkaErrorAbout } from '../../kafka/error-about.ts'
import { kafkaErrorOf } from '../../kafka/kafka-error.ts'
import type { CallOptions } from '../../kafka/ports.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import type { Link } from '../connection/link.ts'
import type { LinkPurpose } from '../connection/links.ts'
import { retrying } from '../connection/retry.ts'
import { apiVersionsRequest } from '../protocol/api-versions.ts'
import { describeClusterRequest, type WireBroker } from '../protocol/describe-cluster.ts'
import { describeQuorumRequest } from '../protocol/describe-quorum.ts'
import { metadataRequest } from '../protocol/metadata.ts'
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
    make: (link: Link) => ApiRequest<T>,
    { signal }: CallOptions = {},
    purpose: LinkPurpose = 'control',
  ): Promise<T> => retrying({ deadlineMs, signal }, async () => checked(await cluster.askAny(make, purpose)))
  const askVersions = (nodeId: number, { signal }: CallOptions = {}) =>
    retrying({ deadlineMs: brokerMs, signal }, async () => {
      if (cluster.addressOf(nodeId) === undefined) await cluster.refresh()
      return checked(await cluster.askNode(nodeId, apiVersionsRequest))
    })
  return {
    describeQuorum: async options => metadataQuorumOf(await ask(describeQuorumRequest, options, 'forwarded')),
    describeFeatures: async options => {
      const { finalizedFeatures } = await ask(apiVersionsRequest, options)
      return [...finalizedFeatures].sort((one, other) => (one.name < other.name ? -1 : 1))
    },
    apiVersions: async (nodeId, options) => {
      const { apiKeys } = await (nodeId === null ? ask(apiVersionsRequest, options) : askVersions(nodeId, options))
      return apiKeys
        .map(range => ({ ...range, name: API_NAMES[range.apiKey] ?? 'UNKNOWN' }))
        .sort((one, other) => one.apiKey - other.apiKey)
    },
    registeredBrokers: async options => {
      const { brokers } = await ask(describeClusterRequest, options)
      const registered = brokers.flatMap(registrationOf).sort((one, other) => one.nodeId - other.nodeId)
      return registered.length === 0 ? null : registered
    },
    clusterOperations: async options =>
      authorizedOperationsOf((await ask(describeClusterRequest, options)).authorizedOperations),
    topicOperations: async (names, { signal } = {}) => {
      const { topics } = await cluster.askAnyUntil(() => metadataRequest(names, true), { deadlineMs, signal })
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
