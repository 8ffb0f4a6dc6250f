import type { ConfigEntry, ConfigResource } from '../../src/kafka/cluster.ts'
import { KafkaError, type Outcome } from '../../src/kafka/errors/kafka-error.ts'
import type { Catalog, ConfigOptions, OffsetFound, OffsetRequest } from '../../src/kafka/ports/catalog.ts'
import type { FakeTopic, InMemoryCluster } from './in-memory-cluster.ts'

const DEFAULTS: ReadonlyMap<
  string,
  { readonly value: string; readonly type: ConfigEntry['type']; readonly about: string }
> = new Map([
  ['cleanup.policy', { value: 'delete', type: 'LIST', about: 'The retention policy to use on log segments.' }],
  ['compression.type', { value: 'producer', type: 'STRING', about: 'The final compression type of the topic.' }],
  ['max.message.bytes', { value: '1048588', type: 'INT', about: 'The largest record batch size allowed.' }],
  ['min.insync.replicas', { value: '1', type: 'INT', about: 'How many replicas must acknowledge with acks=all.' }],
  ['retention.bytes', { value: '-1', type: 'LONG', about: 'How large a partition can grow.' }],
  ['retention.ms', { value: '604800000', type: 'LONG', about: 'How long a log is retained.' }],
  ['segment.bytes', { value: '1073741824', type: 'INT', about: 'The segment file size of the log.' }],
])

/** Names that the fake accepts as topic configs. */
export const isTopicConfig = (name: string): boolean => DEFAULTS.has(name)

/** The type of a topic config; null if the fake does not know it. */
export const configTypeOf = (name: string): ConfigEntry['type'] | null => DEFAULTS.get(name)?.type ?? null

/** The effective value of a topic's config: its own or the default. */
export const configValue = (topic: FakeTopic, name: string): string | null =>
  topic.configs.get(name) ?? DEFAULTS.get(name)?.value ?? null

const entriesOf = (overrides: ReadonlyMap<string, string>, options: ConfigOptions): readonly ConfigEntry[] =>
  [...DEFAULTS]
    .filter(([name]) => options.names?.includes(name) ?? true)
    .map(([name, { value: byDefault, type, about }]) => {
      const own = overrides.get(name)
      const source = own === undefined ? 'DEFAULT_CONFIG' : 'DYNAMIC_TOPIC_CONFIG'
      const synonyms = [
        ...(own === undefined ? [] : [{ name, value: own, source: 'DYNAMIC_TOPIC_CONFIG' as const }]),
        { name: `log.${name}`, value: byDefault, source: 'DEFAULT_CONFIG' as const },
      ]
      return {
        name,
        value: own ?? byDefault,
        source,
        type,
        isSensitive: false,
        isReadOnly: false,
        synonyms: options.includeSynonyms === true ? synonyms : [],
        documentation: options.includeDocumentation === true ? about : null,
      }
    })

/** The Catalog port over the fake's cluster. */
export const inMemoryCatalog = (cluster: InMemoryCluster): Catalog => {
  const offsetOf = ({ topic, partition, at, isolationLevel }: OffsetRequest): Outcome<OffsetFound> => {
    const found = cluster.topic(topic)?.partitions[partition]
    if (found === undefined) return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
    if (found.leader === null) return new KafkaError('LEADER_NOT_AVAILABLE')
    const { log, leaderEpoch } = found
    if (at === 'earliest') return { offset: log.start, timestamp: null, leaderEpoch }
    if (at === 'latest') return { offset: log.endFor(isolationLevel), timestamp: null, leaderEpoch }
    const message = at === 'maxTimestamp' ? log.youngest() : log.firstAt(at.timestamp, isolationLevel)
    if (message === null) return { offset: null, timestamp: null, leaderEpoch: null }
    return { offset: message.offset, timestamp: message.timestamp, leaderEpoch: message.batch.leaderEpoch }
  }
  const configsOf = ({ type, name }: ConfigResource, options: ConfigOptions): Outcome<readonly ConfigEntry[]> => {
    if (type === 'TOPIC') {
      const topic = cluster.topic(name)
      return topic === null ? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION') : entriesOf(topic.configs, options)
    }
    const known = cluster.brokers.some(({ nodeId }) => String(nodeId) === name)
    if (known) return entriesOf(new Map(), options)
    return new KafkaError(/^\d+$/.test(name) ? 'BROKER_NOT_AVAILABLE' : 'INVALID_REQUEST', `no broker ${name}`)
  }
  return {
    async describeCluster({ signal }, { includeController = true } = {}) {
      cluster.counts.describeCluster += 1
      cluster.mustAnswer(signal)
      const controllerId = includeController ? (cluster.brokers[0]?.nodeId ?? null) : null
      return { clusterId: cluster.clusterId, controllerId, brokers: cluster.brokers }
    },
    async listTopics({ signal }) {
      cluster.counts.listTopics += 1
      cluster.mustAnswer(signal)
      const byName = [...cluster.topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
      return byName.map(topic => cluster.describe(topic))
    },
    async describeTopics({ signal }, names) {
      cluster.counts.describeTopics += 1
      cluster.mustAnswer(signal)
      return names.map(name => {
        const topic = cluster.topic(name)
        return topic === null ? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION') : cluster.describe(topic)
      })
    },
    async listOffsets({ signal }, requests) {
      cluster.counts.listOffsets += 1
      cluster.mustAnswer(signal)
      return requests.map(offsetOf)
    },
    async describeConfigs({ signal }, resources, options = {}) {
      cluster.counts.describeConfigs += 1
      cluster.mustAnswer(signal)
      return resources.map(resource => configsOf(resource, options))
    },
  }
}
