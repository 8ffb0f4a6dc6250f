import type { Call } from './call.ts'
import type { Catalog } from './catalog.ts'
import type { ClusterInspector } from './cluster-inspector.ts'
import type { ConfigAdmin } from './config-admin.ts'
import type { GroupAdmin } from './group-admin.ts'
import type { Groups } from './groups.ts'
import type { MessageSink } from './message-sink.ts'
import type { MessageStreams } from './message-streams.ts'
import type { MessageTimes } from './message-times.ts'
import type { PayloadWriter } from './payload-writer.ts'
import type { ReplicaAdmin } from './replica-admin.ts'
import type { SchemaRegistry } from './schema-registry.ts'
import type { SecurityAdmin } from './security-admin.ts'
import type { TopicAdmin } from './topic-admin.ts'
import type { TransactionAdmin } from './transaction-admin.ts'
import type { Watches } from './watches.ts'

/** Everything that the product asks of Kafka and of the schema registry. Resolvers see these ports and nothing behind them. */
export interface Ports {
  readonly catalog: Catalog
  readonly topicAdmin: TopicAdmin
  readonly configAdmin: ConfigAdmin
  readonly sink: MessageSink
  readonly streams: MessageStreams
  readonly groups: Groups
  readonly groupAdmin: GroupAdmin
  readonly replicas: ReplicaAdmin
  readonly inspector: ClusterInspector
  readonly security: SecurityAdmin
  readonly transactions: TransactionAdmin
  readonly messageTimes: MessageTimes
  readonly watches: Watches
  readonly schemaRegistry: SchemaRegistry
  readonly payloadWriter: PayloadWriter
}

/** The ports that need the schema registry and not Kafka. */
export type RegistryPorts = Pick<Ports, 'schemaRegistry' | 'payloadWriter'>

/** The ports that Kafka implements. */
export type KafkaPorts = Omit<Ports, keyof RegistryPorts>

/** A port's name in the bundle. */
export type PortName = keyof Ports

/** What a method returns: a promise of one answer, a promise of a stream, or a value that it computes without a request. */
export type PortMethodKind = 'promise' | 'stream' | 'value'

type KindOf<Result> =
  Result extends Promise<infer Answer> ? (Answer extends AsyncIterator<unknown> ? 'stream' : 'promise') : 'value'

/** No kind at all for a method that does not take the whole call first: no list can name it, so the build fails. */
type KindOfMethod<Method> = Method extends (...parameters: infer Parameters) => infer Result
  ? Parameters extends [Call, ...unknown[]]
    ? KindOf<Result>
    : never
  : never

type PortMethods = {
  readonly [Port in PortName]: { readonly [Method in keyof Ports[Port]]: KindOfMethod<Ports[Port][Method]> }
}

/** Every port and its methods at run time. The type admits neither a missing method, nor an unknown one, nor a wrong kind. */
export const PORT_METHODS: PortMethods = {
  catalog: {
    describeCluster: 'promise',
    listTopics: 'promise',
    describeTopics: 'promise',
    listOffsets: 'promise',
    describeConfigs: 'promise',
  },
  topicAdmin: {
    createTopics: 'promise',
    deleteTopics: 'promise',
    createPartitions: 'promise',
    deleteRecords: 'promise',
  },
  configAdmin: { listConfigResources: 'promise', incrementalAlterConfigs: 'promise' },
  sink: { produce: 'promise' },
  streams: { open: 'stream', offsetsAfter: 'promise', cursorAfter: 'value' },
  groups: { listGroups: 'promise', describeGroups: 'promise', committedOffsets: 'promise' },
  groupAdmin: {
    alterOffsets: 'promise',
    deleteOffsets: 'promise',
    deleteGroups: 'promise',
    removeMembers: 'promise',
  },
  replicas: {
    alterPartitionReassignments: 'promise',
    listPartitionReassignments: 'promise',
    electLeaders: 'promise',
    describeLogDirs: 'promise',
  },
  inspector: {
    describeQuorum: 'promise',
    describeFeatures: 'promise',
    apiVersions: 'promise',
    registeredBrokers: 'promise',
    clusterOperations: 'promise',
    topicOperations: 'promise',
  },
  security: {
    describeAcls: 'promise',
    createAcls: 'promise',
    deleteAcls: 'promise',
    describeScramUsers: 'promise',
    alterScramCredentials: 'promise',
    describeClientQuotas: 'promise',
    alterClientQuotas: 'promise',
  },
  transactions: {
    listTransactions: 'promise',
    describeTransactions: 'promise',
    describeProducers: 'promise',
    findHanging: 'promise',
    abortTransaction: 'promise',
  },
  messageTimes: { firstTimestamps: 'promise' },
  watches: {
    partitionChanges: 'stream',
    topicChanges: 'stream',
    brokerChanges: 'stream',
    clusterHealth: 'stream',
    topicThroughput: 'stream',
    groupChanges: 'stream',
    groupLag: 'stream',
    reassignments: 'stream',
  },
  payloadWriter: { write: 'promise' },
  schemaRegistry: {
    isConfigured: 'value',
    listSubjects: 'promise',
    listVersions: 'promise',
    describeVersion: 'promise',
    describeSchema: 'promise',
    listUses: 'promise',
    compatibilityLevel: 'promise',
    mode: 'promise',
    checkCompatibility: 'promise',
    registerSchema: 'promise',
    alterCompatibility: 'promise',
    deleteSubject: 'promise',
    deleteVersion: 'promise',
  },
}
