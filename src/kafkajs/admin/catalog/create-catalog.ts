import type { ClusterDescription, ConfigEntry, ConfigResource, TopicDescription } from '../../../kafka/cluster.ts'
import { isFailure, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Catalog } from '../../../kafka/ports/catalog.ts'
import { listOffsets } from '../../read/offsets/list-offsets.ts'
import { metadataRequest } from '../../requests/cluster/metadata.ts'
import { boundsOf, leftMs, sharedWith } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { Cached } from '../cached.ts'
import { describeConfigs } from '../configs/describe-configs.ts'
import { askTopics } from './ask-topics.ts'
import type { CatalogLimits } from './catalog-limits.ts'
import { ClusterDescriber } from './cluster-describer.ts'
import { topicDescriptionOf } from './topic-description.ts'

/** A catalog whose cache can be cleared after a change. */
export interface KafkaCatalog extends Catalog {
  /** Clears the cache: every later call asks Kafka. */
  forget(): void
}

const byName = (one: TopicDescription, other: TopicDescription): number => (one.name < other.name ? -1 : 1)
// Failures are not cached, because the topic may be created a moment later.
const isKept = (outcome: Outcome<unknown>): boolean => !isFailure(outcome)

/**
 * Reads the cluster. Equal concurrent requests share one call to Kafka. Aborting one caller does not affect the others.
 */
export const createCatalog = (cluster: ClusterMap, limits: CatalogLimits): KafkaCatalog => {
  const { deadlineMs, leaderWaitMs, metadataCacheMs, configsCacheMs } = limits
  const bounds = { deadlineMs }
  const brokerBounds = { deadlineMs: Math.min(leaderWaitMs, deadlineMs) }
  const describer = new ClusterDescriber(cluster)
  const clusters = new Cached<ClusterDescription>({ ttlMs: metadataCacheMs, maxEntries: 1 })
  const quorumLeaders = new Cached<number | null | undefined>({ ttlMs: metadataCacheMs, maxEntries: 1 })
  const lists = new Cached<readonly TopicDescription[]>({ ttlMs: metadataCacheMs, maxEntries: 1 })
  const topics = new Cached<Outcome<TopicDescription>>({ ttlMs: metadataCacheMs, maxEntries: 1000, isKept })
  const configs = new Cached<Outcome<readonly ConfigEntry[]>>({ ttlMs: configsCacheMs, maxEntries: 200, isKept })

  const describeCluster = async (includeController: boolean): Promise<ClusterDescription> => {
    const [described, quorumLeader] = await Promise.all([
      clusters.get('cluster', () => describer.describe(bounds)),
      includeController ? quorumLeaders.get('leader', () => describer.askQuorumLeader()) : null,
    ])
    return quorumLeader === undefined ? described : { ...described, controllerId: quorumLeader }
  }
  const loadList = async (): Promise<readonly TopicDescription[]> => {
    const answer = await cluster.askAnyUntil(() => metadataRequest(null), bounds)
    const described = answer.topics.map(topicDescriptionOf)
    return described.flatMap(one => (isFailure(one) ? [] : [one])).sort(byName)
  }
  const loadTopics = async (names: readonly string[]) =>
    (await askTopics(cluster, names, bounds)).map(topicDescriptionOf)

  return {
    describeCluster: (call, { includeController = true } = {}) => sharedWith(call, describeCluster(includeController)),
    listTopics: call => sharedWith(call, lists.get('all', loadList)),
    describeTopics: (call, names) => sharedWith(call, topics.getMany(names, loadTopics)),
    listOffsets: (call, requests) =>
      listOffsets(cluster, requests, {
        ...boundsOf(call, deadlineMs),
        leaderWaitMs: leftMs(call, leaderWaitMs),
      }),
    describeConfigs: (call, resources, options = {}) => {
      const { names = null, includeSynonyms = false, includeDocumentation = false } = options
      const selection = { names, synonyms: includeSynonyms, documentation: includeDocumentation }
      const ask = (wanted: readonly ConfigResource[]) =>
        describeConfigs(cluster, wanted, selection, { bounds, brokerBounds })
      // A selection of configs for many resources is not cached, because it would evict everything else.
      if (names !== null) return sharedWith(call, ask(resources))
      const keyed = new Map<string, ConfigResource>()
      const keys = resources.map(resource => JSON.stringify([resource.type, resource.name, selection]))
      for (const [index, resource] of resources.entries()) keyed.set(keys[index] ?? '', resource)
      const load = (missing: readonly string[]) => ask(missing.flatMap(key => keyed.get(key) ?? []))
      return sharedWith(call, configs.getMany(keys, load))
    },
    forget: () => {
      for (const cache of [clusters, quorumLeaders, lists, topics, configs]) cache.clear()
    },
  }
}
