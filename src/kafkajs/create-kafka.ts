import type { Logger } from '../kafka/logger.ts'
import { ownCall } from '../kafka/ports/call.ts'
import type { Catalog } from '../kafka/ports/catalog.ts'
import type { ClusterInspector } from '../kafka/ports/cluster-inspector.ts'
import type { ConfigAdmin } from '../kafka/ports/config-admin.ts'
import type { GroupAdmin } from '../kafka/ports/group-admin.ts'
import type { Groups } from '../kafka/ports/groups.ts'
import type { LogSource } from '../kafka/ports/log-source.ts'
import type { MessageSink } from '../kafka/ports/message-sink.ts'
import type { MessageTimes } from '../kafka/ports/message-times.ts'
import type { ReplicaAdmin } from '../kafka/ports/replica-admin.ts'
import type { SecurityAdmin } from '../kafka/ports/security-admin.ts'
import type { TopicAdmin } from '../kafka/ports/topic-admin.ts'
import type { TransactionAdmin } from '../kafka/ports/transaction-admin.ts'
import type { CatalogLimits } from './admin/catalog/catalog-limits.ts'
import { createCatalog } from './admin/catalog/create-catalog.ts'
import type { ConfigAdminLimits } from './admin/configs/config-admin-limits.ts'
import { createConfigAdmin } from './admin/configs/create-config-admin.ts'
import { createGroups } from './admin/groups/create-groups.ts'
import type { GroupLimits } from './admin/groups/group-limits.ts'
import { createClusterInspector } from './admin/inspector/create-cluster-inspector.ts'
import type { InspectorLimits } from './admin/inspector/inspector-limits.ts'
import { createReplicaAdmin } from './admin/replicas/create-replica-admin.ts'
import type { ReplicaLimits } from './admin/replicas/replica-limits.ts'
import { createSecurity } from './admin/security/create-security.ts'
import type { SecurityLimits } from './admin/security/security-limits.ts'
import { createTopicAdmin } from './admin/topics/create-topic-admin.ts'
import type { TopicAdminLimits } from './admin/topics/topic-admin-limits.ts'
import { createTransactionAdmin } from './admin/transactions/create-transaction-admin.ts'
import type { TransactionAdminLimits } from './admin/transactions/transaction-admin-limits.ts'
import { createLogSource } from './read/fetch/create-log-source.ts'
import type { FollowLimits } from './read/fetch/leader-fetcher.ts'
import { createMessageTimes } from './read/message-times/create-message-times.ts'
import type { MessageTimesLimits } from './read/message-times/message-times-limits.ts'
import type { DecodeLimits } from './records/decode/decode-records.ts'
import { ClusterMap, type ClusterMapTimings, type ClusterState } from './transport/cluster-map.ts'
import { openDoor } from './transport/kafkajs/door.ts'
import { type KafkaAccess, kafkaJsConfig } from './transport/kafkajs/kafkajs-config.ts'
import { Links, type LinkTimeouts, type OnTrouble } from './transport/links.ts'
import { createMessageSink } from './write/message-sink.ts'
import type { SinkLimits } from './write/senders/sink-limits.ts'
import { maxMessageBytesOf } from './write/topics/max-message-bytes.ts'

/** All bounds of the adapter, by part. */
export interface KafkaLimits {
  readonly links: LinkTimeouts
  readonly clusterMap: ClusterMapTimings
  readonly catalog: CatalogLimits
  readonly topicAdmin: TopicAdminLimits
  readonly configAdmin: ConfigAdminLimits
  readonly groups: GroupLimits
  readonly replicas: ReplicaLimits
  readonly inspector: InspectorLimits
  readonly security: SecurityLimits
  readonly transactions: TransactionAdminLimits
  readonly messageTimes: MessageTimesLimits
  readonly follow: FollowLimits
  readonly decode: DecodeLimits
  readonly sink: SinkLimits
}

/** Brokers, credentials and bounds. */
export interface KafkaOptions extends KafkaAccess {
  /** The cluster's name in the calls that the adapter makes itself. Default: `default`. */
  readonly clusterName?: string | undefined
  readonly logger: Logger
  readonly limits: KafkaLimits
  /** Why the broker at `host:port` is down, if it is known better than from its connections. */
  readonly troubleAt?: (address: string) => string | null
}

/** Kafka behind our ports. It need not be up: `state` reports whether it is, and every call has a deadline. */
export interface KafkaAdapter extends AsyncDisposable {
  readonly catalog: Catalog
  /** The catalog without a cache. A stream must not start at offsets that are a second old. */
  readonly freshCatalog: Catalog
  readonly topicAdmin: TopicAdmin
  readonly configAdmin: ConfigAdmin
  readonly groups: Groups
  readonly groupAdmin: GroupAdmin
  readonly replicas: ReplicaAdmin
  readonly inspector: ClusterInspector
  readonly messageTimes: MessageTimes
  readonly security: SecurityAdmin
  readonly transactions: TransactionAdmin
  readonly sink: MessageSink
  readonly source: LogSource & { readonly followed: number }
  /** Whether Kafka answers, as of the last attempt. */
  readonly state: ClusterState
  /** Number of open connections. */
  readonly connections: number
}

const stateLogger =
  (logger: Logger) =>
  (state: ClusterState): void => {
    if (state.isUp) logger.info({ clusterId: state.clusterId }, 'Kafka answers')
    else logger.warn({ reason: state.reason }, 'Kafka does not answer')
  }

const troubleLogger =
  (logger: Logger): OnTrouble =>
  (address, error) => {
    if (error === null) logger.info({ address }, 'a broker is reachable again')
    else logger.warn({ address, reason: error.message }, 'a broker cannot be reached')
  }

/** Builds the adapter. It connects by itself and reconnects until disposed. */
export const createKafka = (options: KafkaOptions): KafkaAdapter => {
  const { brokers, logger, limits } = options
  const own = ownCall({ cluster: options.clusterName })
  const links = new Links(
    openDoor(kafkaJsConfig(options, logger)),
    limits.links,
    troubleLogger(logger),
    options.troubleAt,
  )
  const cluster = new ClusterMap(links, brokers, limits.clusterMap, stateLogger(logger))
  const catalog = createCatalog(cluster, limits.catalog)
  const freshCatalog = createCatalog(cluster, { ...limits.catalog, metadataCacheMs: 0, configsCacheMs: 0 })
  const onChange = () => catalog.forget()
  const topicAdmin = createTopicAdmin({ cluster, limits: limits.topicAdmin, onChange })
  const configAdmin = createConfigAdmin({ cluster, limits: limits.configAdmin, onChange })
  const replicas = createReplicaAdmin({ cluster, limits: limits.replicas, onChange: () => catalog.forget() })
  const inspector = createClusterInspector({ cluster, limits: limits.inspector })
  const { groups, groupAdmin } = createGroups({ cluster, limits: limits.groups })
  const source = createLogSource({
    cluster,
    listOffsets: (requests, signal) => catalog.listOffsets({ ...own, signal }, requests),
    logger,
    followLimits: limits.follow,
    decodeLimits: limits.decode,
  })
  const messageTimes = createMessageTimes({ catalog, source, limits: limits.messageTimes })
  const sink = createMessageSink({
    cluster,
    limits: limits.sink,
    logger,
    maxMessageBytes: maxMessageBytesOf(catalog, own),
  })
  return {
    catalog,
    freshCatalog,
    topicAdmin,
    configAdmin,
    groups,
    groupAdmin,
    replicas,
    inspector,
    messageTimes,
    security: createSecurity({ cluster, limits: limits.security }),
    transactions: createTransactionAdmin({ cluster, limits: limits.transactions }),
    sink,
    source,
    get state() {
      return cluster.state
    },
    get connections() {
      return links.size
    },
    async [Symbol.asyncDispose]() {
      source[Symbol.dispose]()
      await sink[Symbol.asyncDispose]()
      await cluster[Symbol.asyncDispose]()
    },
  }
}
