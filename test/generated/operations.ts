/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How many replicas must have a message before it counts as written. */
export type Acks =
  /** All in-sync replicas: what is acknowledged survives as long as one of them does. With fewer in sync than `min.insync.replicas`, the message is refused with NOT_ENOUGH_REPLICAS. */
  | 'ALL'
  /** The leader alone: what it had not yet given to a follower is lost if it dies. */
  | 'LEADER'
  /** None: Kafka answers nothing, so the results have no offset, and a lost message is not noticed. */
  | 'NONE';

/** A change of one config. */
export type AlterConfigOpInput = {
  /** Its name, such as `retention.ms`. */
  name: string;
  /** How to change it. */
  op: AlterConfigOpType;
  /** The value as text. APPEND and SUBTRACT take list entries separated by commas; DELETE takes no value. */
  value?: string | null | undefined;
};

/** How to change a config. */
export type AlterConfigOpType =
  /** Adds these entries to a list, such as "compact" to `cleanup.policy`. */
  | 'APPEND'
  /** Removes the value set on this resource, so that the default applies again. */
  | 'DELETE'
  /** Sets this value. */
  | 'SET'
  /** Removes these entries from a list. */
  | 'SUBTRACT';

/** How large batches may grow, and how long a message may wait for others. Left out, the server chooses: a single message leaves almost at once, a backlog leaves in large batches. */
export type BatchInput = {
  /** How long the first message of a batch may wait for others: "PT0.005S". */
  linger?: string | null | undefined;
  /** The most bytes of messages in a batch; a single larger message makes a batch of its own. */
  maxBytes?: number | null | undefined;
  /** The most messages in a batch. */
  maxMessages?: number | null | undefined;
};

/** How a batch of messages is compressed, on the way to Kafka and on its disks. Readers decompress by themselves. */
export type CompressionType =
  /** gzip: small, slow. */
  | 'GZIP'
  /** LZ4: the quickest. */
  | 'LZ4'
  /** Not at all. */
  | 'NONE'
  /** Snappy: quick, less small. */
  | 'SNAPPY'
  /** Zstandard: nearly as small as gzip, much quicker. */
  | 'ZSTD';

/** A setting for a new topic. It overrides the cluster’s default. */
export type ConfigInput = {
  /** Its name, such as `cleanup.policy` or `retention.ms`. */
  name: string;
  /** Its value as text, such as "compact" or "604800000". */
  value?: string | null | undefined;
};

/** A setting that a topic must have. */
export type ConfigMatch = {
  /** Its name, such as `cleanup.policy`. */
  name: string;
  /** The value in effect, which can be the default. For a list, the whole list or one of its entries, such as "compact". Omit it to match any value that was set on the topic itself. */
  value?: string | null | undefined;
};

/** A resource that has configs, as `kafka-configs --entity-type --entity-name` takes it. */
export type ConfigResourceInput = {
  /** The name of a topic, group or client metrics subscription, or the node id of a broker. */
  name: string;
  /** The kind of resource. */
  type: ConfigResourceType;
};

/** The kind of a resource that has configs. */
export type ConfigResourceType =
  /** A broker, by its node id: "1". The name "" means the default for all brokers; a broker’s own setting overrides it. */
  | 'BROKER'
  /** The loggers of a broker, by its node id. Each config is a logger and its value a level. Levels last until the broker restarts. */
  | 'BROKER_LOGGER'
  /** A client metrics subscription, by its name. It makes brokers ask clients for their metrics (`kafka-client-metrics`). */
  | 'CLIENT_METRICS'
  /** A group of the newer protocols, by its id. It has settings such as the session timeout and the heartbeat interval. */
  | 'GROUP'
  /** A topic, by its name. */
  | 'TOPIC';

/** The place that a config’s value comes from. If several places set a config, Kafka uses the most specific one. */
export type ConfigSource =
  /** Kafka’s own default; nobody changed it. */
  | 'DEFAULT_CONFIG'
  /** Set on this broker at run time. */
  | 'DYNAMIC_BROKER_CONFIG'
  /** The level of a logger, set on this broker at run time. */
  | 'DYNAMIC_BROKER_LOGGER_CONFIG'
  /** Set on a client metrics subscription. */
  | 'DYNAMIC_CLIENT_METRICS_CONFIG'
  /** Set for all brokers at run time. */
  | 'DYNAMIC_DEFAULT_BROKER_CONFIG'
  /** Set on a consumer group. */
  | 'DYNAMIC_GROUP_CONFIG'
  /** Set on this topic; it overrides the cluster’s default. */
  | 'DYNAMIC_TOPIC_CONFIG'
  /** Set in the broker’s properties file. */
  | 'STATIC_BROKER_CONFIG'
  /** A place that the broker reports but this API does not know. */
  | 'UNKNOWN';

/** How many messages of a partition to delete. */
export type DeleteRecordsInput = {
  /** The first offset to keep. Null or omitted: the high watermark, which deletes every message. */
  beforeOffset?: string | number | null | undefined;
  /** The number of the partition. */
  partition: number;
};

/** Which replica may win an election. */
export type ElectionType =
  /** The preferred leader, the first in the order of assignment, if it is in sync: spreads the leaders over the brokers again after one was away. Nothing is lost. */
  | 'PREFERRED'
  /** For a partition without a leader: any replica that is alive, although it is not in sync. The partition works again, and messages that were acknowledged may be lost for good. */
  | 'UNCLEAN';

/** Why messages will never be delivered. */
export type GapReason =
  /** They cannot be read: their batch is too large when decompressed, damaged, or in an unknown codec. */
  | 'DECODE_LIMIT'
  /** They were dropped for this subscriber, as it asked for when it reads too slowly. */
  | 'DROPPED_BY_POLICY'
  /** They were deleted before they could be read: by retention, or by a delete-records request. */
  | 'RETENTION'
  /** The topic was deleted and created again: its offsets start anew. */
  | 'TOPIC_RECREATED'
  /** A replica that was not in sync became the leader, and the log ends before what had been read. */
  | 'UNCLEAN_LEADER_ELECTION';

/** Which groups to list. A group is listed when everything that is given here holds for it. */
export type GroupFilter = {
  /** Only groups whose id contains this text; upper and lower case count. */
  groupIdContains?: string | null | undefined;
  /** Only groups with one of these ids; ids without a group are left out. */
  groupIds?: Array<string> | null | undefined;
  /** Only groups with at least so many messages left to read. Share groups whose lag the broker does not tell (before Kafka 4.2) are left out. The offsets of every group that the rest of this filter lets through are asked for. */
  minLag?: string | number | null | undefined;
  /** Only groups in one of these states. */
  states?: Array<GroupState> | null | undefined;
  /** Only groups that have committed an offset in this topic, or share groups that have begun to read it. The offsets of every group that the rest of this filter lets through are asked for. */
  topic?: string | null | undefined;
  /** Only groups of one of these types. */
  types?: Array<GroupType> | null | undefined;
};

/** What a group is doing. */
export type GroupState =
  /** The broker is working out which member gets which partitions. */
  | 'ASSIGNING'
  /** All have joined, and the partitions are being spread over them. */
  | 'COMPLETING_REBALANCE'
  /** It has neither members nor offsets: it is being removed. */
  | 'DEAD'
  /** It has no members now; its committed offsets are kept. Only now can they be changed. */
  | 'EMPTY'
  /** A streams group that misses topics which its members need. */
  | 'NOT_READY'
  /** A member came or went: the others are asked to join again. */
  | 'PREPARING_REBALANCE'
  /** Members are giving up and taking over partitions until all have what they should. */
  | 'RECONCILING'
  /** It has members, and each has its partitions. */
  | 'STABLE'
  /** A state that the broker names and this API does not know. */
  | 'UNKNOWN';

/** Which protocol the members of a group speak with the brokers. */
export type GroupType =
  /** The protocol before it, which most clients still speak: one member spreads the partitions. Groups that were made by commits alone and the workers of Kafka Connect are classic groups too. */
  | 'CLASSIC'
  /** The consumer protocol of KIP-848, Kafka’s newer one: the broker spreads the partitions over members. */
  | 'CONSUMER'
  /** A share group (KIP-932): several members read the same partition, and each message is acknowledged by itself, as in a queue. */
  | 'SHARE'
  /** A Kafka Streams application that the broker balances (KIP-1071): members get tasks. */
  | 'STREAMS'
  /** The broker does not tell: it is older than Kafka 3.8. */
  | 'UNKNOWN';

/** A header to write. */
export type HeaderInput = {
  /** Its name. The same name may come several times. */
  key: string;
  /** Its bytes; none when left out. */
  value?: PayloadInput | null | undefined;
};

/** Which transactional messages a reader sees. */
export type IsolationLevel =
  /** Only messages of committed transactions and those outside transactions, up to the last stable offset. That is the start of the oldest open transaction. */
  | 'READ_COMMITTED'
  /** All messages up to the high watermark, including those of open and aborted transactions. */
  | 'READ_UNCOMMITTED';

/** A place in every partition that is read, given in exactly one of these ways. */
export type MessagePosition =
  {   /** The first message at or after so long ago: "PT15M" is a quarter of an hour. */
  ago: string; cursor?: never; earliest?: never; lastPerPartition?: never; latest?: never; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never;   /** Right after the message with this cursor. */
  cursor: string; earliest?: never; lastPerPartition?: never; latest?: never; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never;   /** True: the first message that is still stored, as `--from-beginning` does. */
  earliest: boolean; lastPerPartition?: never; latest?: never; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never;   /** The last so many offsets of each partition, to show the newest messages at once. */
  lastPerPartition: number; latest?: never; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never; lastPerPartition?: never;   /** True: the end, so that only what is written from now on is read. */
  latest: boolean; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never; lastPerPartition?: never; latest?: never;   /** The same offset in every partition: for topics or selections of one partition. */
  offset: string | number; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never; lastPerPartition?: never; latest?: never; offset?: never;   /** An offset for each partition; partitions that are not listed are not read. */
  offsets: Array<PartitionOffsetInput>; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never; lastPerPartition?: never; latest?: never; offset?: never; offsets?: never;   /** The first message at or after this moment, in each partition. */
  timestamp: string; };

/** What to stream, from where to where, and how. */
export type MessageStreamInput = {
  /** Goes on after the event with this cursor; counts more than `from`. Null: begins at `from`. While Kafka is away, a subscription that resumes waits for it; a new one waits for a limited time and then fails with KAFKA_UNAVAILABLE, whose `retriable` is true. Over SSE the header `Last-Event-ID` counts more: `EventSource` resumes by itself. */
  after?: string | null | undefined;
  /** How large batches may grow. */
  batch?: BatchInput | null | undefined;
  /** Where to begin. */
  from?: MessagePosition | null | undefined;
  /** Whether messages of open and aborted transactions are seen. */
  isolationLevel?: IsolationLevel | null | undefined;
  /** Only these partitions. Left out: all, those that are added later, too. */
  partitions?: Array<number> | null | undefined;
  /** Where to end: the subscription completes when every partition has come there. Left out: it goes on for ever. */
  to?: MessagePosition | null | undefined;
  /** The name of the topic: exactly one. */
  topics: Array<string>;
};

/** A topic to create. */
export type NewTopicInput = {
  /** Settings that differ from the cluster’s defaults, at most one value each. */
  configs?: Array<ConfigInput> | null | undefined;
  /** Its name: at most 249 letters, digits, ".", "_" and "-". Do not mix "." and "_": names that differ only in them clash in Kafka’s metrics. */
  name: string;
  /** The number of partitions. It limits how many consumers of one group can read at the same time. Default: the broker’s `num.partitions`. */
  numPartitions?: number | null | undefined;
  /** The brokers that keep each partition, in place of the two counts: one list of node ids per partition, the preferred leader first. Default: the cluster chooses. */
  replicasAssignments?: Array<Array<number>> | null | undefined;
  /** The number of brokers that keep a copy of each partition, at most the number of brokers in the cluster. Default: the broker’s `default.replication.factor`. */
  replicationFactor?: number | null | undefined;
};

/** An offset in one partition. */
export type PartitionOffsetInput = {
  /** The offset of the message to begin with. */
  offset: string | number;
  /** The number of the partition. */
  partition: number;
};

/** Bytes to write, given in exactly one of these forms. */
export type PayloadInput =
  {   /** As bytes in base64: for everything that is not text. */
  base64: string; json?: never; string?: never; }
  |  { base64?: never;   /** As a JSON value: written as compact JSON text. Whole numbers beyond ±9007199254740991 are refused, because JSON parsers round them: write those as `string`. */
  json: unknown; string?: never; }
  |  { base64?: never; json?: never;   /** As text: written as UTF-8. */
  string: string; };

/** Messages to write, and how. */
export type ProduceInput = {
  /** How many replicas must have them before the answer. */
  acks?: Acks | null | undefined;
  /** How to compress them. */
  compressionType?: CompressionType | null | undefined;
  /** The messages, at most 10,000 unless the server is set otherwise (`MAX_PRODUCE_MESSAGES`). Those of one partition keep this order. */
  messages: Array<ProducerMessageInput>;
  /** The time within which every message is answered, whatever happens to Kafka. Left out: the longest that the server allows (30 seconds unless it is set otherwise). */
  timeout?: string | null | undefined;
  /** The topic to write to. It must exist: producing creates none. */
  topic: string;
  /** All or nothing: writes the messages, of all their topics and partitions, in one Kafka transaction. READ_COMMITTED readers see all of them or none of them, never a part; READ_UNCOMMITTED ones see each as soon as it is written, also of a transaction that is aborted later. One refused message refuses all: it has its own error, its neighbours have TRANSACTION_ABORTED. Needs acks ALL. Costs some round trips more, so it is for what belongs together, not for speed. */
  transactional?: boolean | null | undefined;
};

/** One message to write. */
export type ProducerMessageInput = {
  /** Its headers, kept in this order, equal names included. */
  headers?: Array<HeaderInput> | null | undefined;
  /** Its key. Messages with equal keys go to the same partition. Left out: no key. */
  key?: PayloadInput | null | undefined;
  /** The partition to write to. Left out: chosen by the key as Kafka’s own producer does (murmur2), or spread when there is none. */
  partition?: number | null | undefined;
  /** Its timestamp. Left out: now. */
  timestamp?: string | null | undefined;
  /** The topic of this one message, in place of the one of the whole request. */
  topic?: string | null | undefined;
  /** Its value. Left out or null: a tombstone, which deletes its key from a compacted topic. */
  value?: PayloadInput | null | undefined;
};

/** What a quota can be for. */
export type QuotaEntityType =
  /** Clients that call themselves so (`client.id`). */
  | 'CLIENT_ID'
  /** An address from which clients connect. */
  | 'IP'
  /** A user, by the name that was logged in with. */
  | 'USER';

/** Where a partition’s replicas shall be, or that its move shall be cancelled. */
export type ReassignmentInput = {
  /** The number of the partition, counted from 0. */
  partition: number;
  /** Node ids of the brokers that shall keep a copy, the preferred leader first. Null or left out: the move that is under way is cancelled, and the replicas are again where they were. */
  replicas?: Array<number> | null | undefined;
  /** The name of the topic. */
  topic: string;
};

/** Selects the topics to list. A topic must match every condition that is given. */
export type TopicFilter = {
  /** Only topics with this setting. */
  hasConfig?: ConfigMatch | null | undefined;
  /** True: only topics in which Kafka keeps its own records. False: only the other topics. */
  isInternal?: boolean | null | undefined;
  /** Only topics whose name contains this text, case-sensitive. */
  nameContains?: string | null | undefined;
  /** Only topics whose whole name matches this regular expression, such as `orders-.*`. The syntax is RE2, which Kafka’s brokers also use for pattern subscriptions. */
  namePattern?: string | null | undefined;
  /** Only topics with one of these names; unknown names are ignored. */
  names?: Array<string> | null | undefined;
  /** True: only topics with a partition that has fewer in-sync replicas than replicas. False: only fully replicated topics. */
  underReplicated?: boolean | null | undefined;
};

/** A partition, identified by topic name and number. */
export type TopicPartitionInput = {
  /** The number of the partition, counted from 0. */
  partition: number;
  /** The name of the topic. */
  topic: string;
};

/** What the newest transaction of a transactional id is doing, as its coordinator knows it. */
export type TransactionState =
  /** It was aborted, everywhere. */
  | 'COMPLETE_ABORT'
  /** It was committed, everywhere. */
  | 'COMPLETE_COMMIT'
  /** There has been none yet. */
  | 'EMPTY'
  /** It is open: messages are being written that READ_COMMITTED readers do not see yet. */
  | 'ONGOING'
  /** It was given up: abort markers are being written to its partitions. */
  | 'PREPARE_ABORT'
  /** It was committed: commit markers are being written to its partitions. */
  | 'PREPARE_COMMIT'
  /** An older producer of the same id is being shut out. */
  | 'PREPARE_EPOCH_FENCE'
  /** A state that the broker names and this API does not know. */
  | 'UNKNOWN';

export type AlterConfigsMutationVariables = Exact<{
  resource: ConfigResourceInput;
  ops: Array<AlterConfigOpInput> | AlterConfigOpInput;
  validateOnly?: boolean | null | undefined;
}>;


export type AlterConfigsMutation = { incrementalAlterConfigs: { configs: Array<{ name: string, value: string | null, source: ConfigSource, isDefault: boolean }> | null, errors: Array<{ code: string, message: string }> } };

export type ClientQuotasQueryVariables = Exact<{ [key: string]: never; }>;


export type ClientQuotasQuery = { cluster: { clientQuotas: { totalCount: number, nodes: Array<{ entity: Array<{ type: QuotaEntityType, name: string | null }>, values: Array<{ key: string, value: number }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type ClusterHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type ClusterHealthQuery = { cluster: { brokers: Array<{ id: string, nodeId: number, isFenced: boolean | null }>, health: { brokerCount: number, offlinePartitionCount: number, underReplicatedPartitionCount: number, underMinIsrPartitionCount: number | null, atMinIsrPartitionCount: number | null, preferredLeaderImbalance: number, offlinePartitions: Array<{ partition: number, topic: { id: string, name: string }, leader: { id: string, nodeId: number } | null, isr: Array<{ brokerId: number }>, offlineReplicas: Array<{ brokerId: number }> }>, underReplicatedPartitions: Array<{ partition: number, topic: { id: string, name: string }, leader: { id: string, nodeId: number } | null, isr: Array<{ brokerId: number }>, offlineReplicas: Array<{ brokerId: number }> }>, underMinIsrPartitions: Array<{ partition: number, topic: { id: string, name: string }, leader: { id: string, nodeId: number } | null, isr: Array<{ brokerId: number }>, offlineReplicas: Array<{ brokerId: number }> }> | null } | null, metadataQuorum: { leaderId: number | null, leaderEpoch: string, highWatermark: string, voters: Array<{ replicaId: number, logEndOffset: string | null, lag: string | null, lastCaughtUpTimestamp: string | null }>, observers: Array<{ replicaId: number, lag: string | null }> } | null } | null };

export type AtRiskFragment = { partition: number, topic: { id: string, name: string }, leader: { id: string, nodeId: number } | null, isr: Array<{ brokerId: number }>, offlineReplicas: Array<{ brokerId: number }> };

export type ClusterQueryVariables = Exact<{ [key: string]: never; }>;


export type ClusterQuery = { cluster: { clusterId: string, controller: { id: string, nodeId: number } | null, brokers: Array<{ id: string, nodeId: number, host: string, port: number, rack: string | null, isController: boolean, leaderCount: number, replicaCount: number }> } | null };

export type CreatePartitionsMutationVariables = Exact<{
  topic: string;
  totalCount: number;
}>;


export type CreatePartitionsMutation = { createPartitions: { topic: { id: string, name: string, partitionCount: number } | null, errors: Array<{ code: string, message: string }> } };

export type CreateTopicsMutationVariables = Exact<{
  topics: Array<NewTopicInput> | NewTopicInput;
  validateOnly?: boolean | null | undefined;
}>;


export type CreateTopicsMutation = { createTopics: { topics: Array<{ id: string, name: string, partitionCount: number, replicationFactor: number } | null>, errors: Array<{ code: string, message: string, retriable: boolean, path: Array<string> | null }> } };

export type DeleteGroupsMutationVariables = Exact<{
  groupIds: Array<string> | string;
}>;


export type DeleteGroupsMutation = { deleteGroups: { deletedGroupIds: Array<string>, deletedIds: Array<string>, errors: Array<{ code: string, message: string, retriable: boolean, path: Array<string> | null }> } };

export type DeleteRecordsMutationVariables = Exact<{
  topic: string;
  before: Array<DeleteRecordsInput> | DeleteRecordsInput;
}>;


export type DeleteRecordsMutation = { deleteRecords: { lowWatermarks: Array<{ partition: number, offset: string }>, errors: Array<{ code: string, message: string, path: Array<string> | null }> } };

export type DeleteTopicsMutationVariables = Exact<{
  topics: Array<string> | string;
}>;


export type DeleteTopicsMutation = { deleteTopics: { deletedTopicNames: Array<string>, deletedIds: Array<string>, errors: Array<{ code: string, message: string, retriable: boolean, path: Array<string> | null }> } };

export type DescribeGroupQueryVariables = Exact<{
  groupId: string;
}>;


export type DescribeGroupQuery = { consumerGroup:
    | { __typename: 'ConsumerGroup', partitionAssignor: string | null, lag: string | null, timeLag: string | null, id: string, groupId: string, type: GroupType, groupState: GroupState, maxPartitionLag: { lag: string | null, partition: { partition: number, topic: { id: string, name: string } } | null } | null, topics: Array<{ lag: string | null, topic: { id: string, name: string } | null, partitions: Array<{ offset: string, latestOffset: string | null, lag: string | null, isOutOfRange: boolean | null, metadata: string, partition: { partition: number } | null, member: { clientId: string } | null }> }> | null, coordinator: { id: string, nodeId: number, host: string, port: number } | null, members: Array<{ consumerId: string, groupInstanceId: string | null, clientId: string, host: string, assignment: Array<{ topic: { id: string, name: string } | null, partition: { partition: number } | null }> }> | null }
    | { __typename: 'ShareGroup', lag: string | null, id: string, groupId: string, type: GroupType, groupState: GroupState, startOffsets: Array<{ offset: string, latestOffset: string | null, lag: string | null, partition: { partition: number, topic: { id: string, name: string } } | null }> | null, coordinator: { id: string, nodeId: number, host: string, port: number } | null, members: Array<{ consumerId: string, groupInstanceId: string | null, clientId: string, host: string, assignment: Array<{ topic: { id: string, name: string } | null, partition: { partition: number } | null }> }> | null }
    | { __typename: 'StreamsGroup', id: string, groupId: string, type: GroupType, groupState: GroupState, coordinator: { id: string, nodeId: number, host: string, port: number } | null, members: Array<{ consumerId: string, groupInstanceId: string | null, clientId: string, host: string, assignment: Array<{ topic: { id: string, name: string } | null, partition: { partition: number } | null }> }> | null }
   | null };

export type DescribeTopicQueryVariables = Exact<{
  name: string;
}>;


export type DescribeTopicQuery = { topic: { id: string, name: string, topicId: string | null, isInternal: boolean, partitionCount: number, replicationFactor: number, configs: Array<{ name: string, value: string | null, source: ConfigSource, isDefault: boolean, isSensitive: boolean, isReadOnly: boolean }> | null, partitions: Array<{ partition: number, leaderEpoch: number | null, isUnderReplicated: boolean, isUnderMinIsr: boolean | null, earliestOffset: string | null, latestOffset: string | null, leader: { id: string, nodeId: number, host: string, port: number } | null, replicas: Array<{ brokerId: number, isLeader: boolean, isPreferredLeader: boolean, isInSync: boolean, isOffline: boolean }>, isr: Array<{ brokerId: number }>, offlineReplicas: Array<{ brokerId: number }> }> } | null };

export type DiskUsageQueryVariables = Exact<{ [key: string]: never; }>;


export type DiskUsageQuery = { cluster: { brokers: Array<{ id: string, nodeId: number, logDirs: Array<{ path: string, totalBytes: string | null, usableBytes: string | null, size: string, replicaCount: number, error: { code: string } | null }> | null }>, topics: { nodes: Array<{ id: string, name: string, size: string | null, partitions: Array<{ partition: number, size: string | null, replicas: Array<{ brokerId: number, size: string | null, offsetLag: string | null, isFuture: boolean | null, logDir: string | null }> }> }> } } | null };

export type ElectLeadersMutationVariables = Exact<{
  electionType: ElectionType;
  partitions?: Array<TopicPartitionInput> | TopicPartitionInput | null | undefined;
}>;


export type ElectLeadersMutation = { electLeaders: { electedCount: number, partitions: Array<{ partition: number, topic: { id: string, name: string }, leader: { id: string, nodeId: number } | null }>, errors: Array<{ code: string, message: string, retriable: boolean, path: Array<string> | null }> } };

export type GroupsLagQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: GroupFilter | null | undefined;
}>;


export type GroupsLagQuery = { cluster: { groups: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
        | { lag: string | null, partitionAssignor: string | null, id: string, groupId: string, type: GroupType, protocol: string, groupState: GroupState, members: Array<{ consumerId: string, clientId: string, host: string, assignment: Array<{ topic: { id: string, name: string } | null, partition: { partition: number } | null }> }> | null, offsets: Array<{ offset: string, latestOffset: string | null, lag: string | null, isOutOfRange: boolean | null, partition: { partition: number, topic: { id: string, name: string } } | null }> | null, coordinator: { id: string, nodeId: number } | null }
        | { id: string, groupId: string, type: GroupType, protocol: string, groupState: GroupState, coordinator: { id: string, nodeId: number } | null }
        | { id: string, groupId: string, type: GroupType, protocol: string, groupState: GroupState, coordinator: { id: string, nodeId: number } | null }
      > } } | null };

export type ListTopicsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: TopicFilter | null | undefined;
}>;


export type ListTopicsQuery = { topics: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, name: string, isInternal: boolean, partitionCount: number, replicationFactor: number }> } };

export type BrokerChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type BrokerChangesSubscription = { brokerChanged:
    | { __typename: 'BrokerJoined', broker: { id: string, nodeId: number, host: string, port: number } }
    | { __typename: 'BrokerLeft', id: string, nodeId: number }
    | { __typename: 'ControllerChanged', from: number | null, to: number | null }
   };

export type GroupChangesSubscriptionVariables = Exact<{
  groupIds?: Array<string> | string | null | undefined;
  filter?: GroupFilter | null | undefined;
}>;


export type GroupChangesSubscription = { groupChanged:
    | { __typename: 'GroupDeleted', id: string, groupId: string }
    | { __typename: 'GroupMemberJoined', group:
        | { id: string, groupId: string }
        | { id: string, groupId: string }
        | { id: string, groupId: string }
      , member: { consumerId: string, clientId: string, host: string } }
    | { __typename: 'GroupMemberLeft', consumerId: string, group:
        | { id: string, groupId: string }
        | { id: string, groupId: string }
        | { id: string, groupId: string }
       }
    | { __typename: 'GroupStateChanged', from: GroupState, to: GroupState, group:
        | { id: string, groupId: string }
        | { id: string, groupId: string }
        | { id: string, groupId: string }
       }
   };

export type GroupLagSubscriptionVariables = Exact<{
  groupIds?: Array<string> | string | null | undefined;
  interval?: string | null | undefined;
}>;


export type GroupLagSubscription = { consumerGroupLag: Array<{ offset: string, latestOffset: string | null, lag: string | null, group:
      | { id: string, groupId: string }
      | { id: string, groupId: string }
      | { id: string, groupId: string }
    , partition: { partition: number, topic: { id: string, name: string } } | null }> };

export type PartitionChangesSubscriptionVariables = Exact<{
  topics?: Array<string> | string | null | undefined;
  interval?: string | null | undefined;
}>;


export type PartitionChangesSubscription = { partitionChanged:
    | { __typename: 'IsrChanged', added: Array<number>, removed: Array<number>, isr: Array<number>, partition: { partition: number, topic: { id: string, name: string } } }
    | { __typename: 'LeaderChanged', from: number | null, to: number | null, leaderEpoch: number | null, partition: { partition: number, topic: { id: string, name: string } } }
    | { __typename: 'PartitionWentOffline', partition: { partition: number, topic: { id: string, name: string } } }
   };

export type TopicChangesSubscriptionVariables = Exact<{
  filter?: TopicFilter | null | undefined;
}>;


export type TopicChangesSubscription = { topicChanged:
    | { __typename: 'PartitionsAdded', from: number, to: number, topic: { id: string, name: string, partitionCount: number } }
    | { __typename: 'TopicConfigChanged', topic: { id: string, name: string }, entries: Array<{ name: string, value: string | null, source: ConfigSource }> }
    | { __typename: 'TopicCreated', topic: { id: string, name: string, partitionCount: number, replicationFactor: number } }
    | { __typename: 'TopicDeleted', id: string, name: string, topicId: string | null }
   };

export type MessageStreamSubscriptionVariables = Exact<{
  input: MessageStreamInput;
}>;


export type MessageStreamSubscription = { messageStream:
    | { __typename: 'CaughtUp', cursor: string, positions: Array<{ partition: number, begin: string, position: string, end: string }> }
    | { __typename: 'MessageBatch', cursor: string, lag: string, messages: Array<{ partition: number, offset: string, timestamp: string | null, key: { string: string | null } | null, value: { string: string | null } | null }> }
    | { __typename: 'StreamGap', cursor: string, fromOffset: string, toOffset: string, reason: GapReason, partition: { partition: number } }
    | { __typename: 'StreamProgress', cursor: string, messagesScanned: string, lag: string }
   };

export type MessagesSubscriptionVariables = Exact<{
  topic: string;
  partitions?: Array<number> | number | null | undefined;
  from?: MessagePosition | null | undefined;
  after?: string | null | undefined;
}>;


export type MessagesSubscription = { messages: { partition: number, offset: string, timestamp: string | null, cursor: string, isTombstone: boolean, key: { string: string | null, base64: string } | null, value: { string: string | null, json: unknown, base64: string, size: number } | null, headers: Array<{ key: string, value: { string: string | null, base64: string } | null }> } };

export type PartitionReassignmentsQueryVariables = Exact<{
  topics?: Array<string> | string | null | undefined;
}>;


export type PartitionReassignmentsQuery = { cluster: { partitionReassignments: Array<{ replicas: Array<number>, addingReplicas: Array<number>, removingReplicas: Array<number>, partition: { partition: number, topic: { id: string, name: string }, replicas: Array<{ brokerId: number, isInSync: boolean, size: string | null, offsetLag: string | null }> } | null }> | null } | null };

export type ProduceMutationVariables = Exact<{
  input: ProduceInput;
}>;


export type ProduceMutation = { produce: { results: Array<{ partition: number, offset: string | null, timestamp: string | null, cursor: string | null, topic: { name: string } } | null>, errors: Array<{ code: string, message: string, retriable: boolean, path: Array<string> | null }> } };

export type ReassignPartitionsMutationVariables = Exact<{
  reassignments: Array<ReassignmentInput> | ReassignmentInput;
}>;


export type ReassignPartitionsMutation = { alterPartitionReassignments: { reassignments: Array<{ replicas: Array<number>, addingReplicas: Array<number>, removingReplicas: Array<number>, partition: { partition: number, topic: { id: string, name: string } } | null }> | null, errors: Array<{ code: string, message: string, retriable: boolean, path: Array<string> | null }> } };

export type ResetGroupOffsetsMutationVariables = Exact<{
  groupId: string;
  topic: string;
  to: MessagePosition;
  dryRun?: boolean | null | undefined;
}>;


export type ResetGroupOffsetsMutation = { resetConsumerGroupOffsets: { before: Array<{ offset: string, lag: string | null, partition: { partition: number } | null }>, after: Array<{ offset: string, lag: string | null, partition: { partition: number } | null }>, errors: Array<{ code: string, message: string }> } };

export type TransactionsQueryVariables = Exact<{ [key: string]: never; }>;


export type TransactionsQuery = { cluster: { transactions: { totalCount: number, nodes: Array<{ transactionalId: string, state: TransactionState, startTime: string | null, transactionTimeoutMs: string | null, producerId: string, coordinator: { id: string, nodeId: number } | null, topicPartitions: Array<{ topic: { id: string, name: string } | null, partition: { partition: number } | null }> | null }>, errors: Array<{ code: string, message: string }> } | null, hangingTransactions: { totalCount: number, searchedPartitions: number, transactions: Array<{ topicPartition: { partition: { partition: number } | null }, producer: { producerId: string, producerEpoch: number, coordinatorEpoch: number | null, currentTransactionStartOffset: string | null, lastTimestamp: string | null } }>, errors: Array<{ code: string, message: string }> } | null } | null };

export type TruncateTopicMutationVariables = Exact<{
  topic: string;
  keep?: MessagePosition | null | undefined;
}>;


export type TruncateTopicMutation = { truncateTopic: { lowWatermarks: Array<{ partition: number, offset: string }>, errors: Array<{ code: string, message: string }> } };

export type WelcomeQueryVariables = Exact<{ [key: string]: never; }>;


export type WelcomeQuery = { cluster: { clusterId: string, brokers: Array<{ id: string, nodeId: number, host: string, port: number }> } | null, topic: { id: string, name: string, partitionCount: number, replicationFactor: number, partitions: Array<{ partition: number, latestOffset: string | null, leader: { id: string, nodeId: number } | null, replicas: Array<{ brokerId: number }>, isr: Array<{ brokerId: number }> }> } | null };

export const AtRiskFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AtRisk"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Partition"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"leader"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isr"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offlineReplicas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}}]}}]} as unknown as DocumentNode<AtRiskFragment, unknown>;
export const AlterConfigsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AlterConfigs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"resource"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfigResourceInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ops"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AlterConfigOpInput"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"validateOnly"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}},"defaultValue":{"kind":"BooleanValue","value":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"incrementalAlterConfigs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"resource"},"value":{"kind":"Variable","name":{"kind":"Name","value":"resource"}}},{"kind":"Argument","name":{"kind":"Name","value":"ops"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ops"}}},{"kind":"Argument","name":{"kind":"Name","value":"validateOnly"},"value":{"kind":"Variable","name":{"kind":"Name","value":"validateOnly"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"configs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AlterConfigsMutation, AlterConfigsMutationVariables>;
export const ClientQuotasDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ClientQuotas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clientQuotas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"values"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ClientQuotasQuery, ClientQuotasQueryVariables>;
export const ClusterHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ClusterHealth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"includeFenced"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}},{"kind":"Field","name":{"kind":"Name","value":"isFenced"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerCount"}},{"kind":"Field","name":{"kind":"Name","value":"offlinePartitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"offlinePartitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AtRisk"}}]}},{"kind":"Field","name":{"kind":"Name","value":"underReplicatedPartitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"underReplicatedPartitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AtRisk"}}]}},{"kind":"Field","name":{"kind":"Name","value":"underMinIsrPartitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"underMinIsrPartitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AtRisk"}}]}},{"kind":"Field","name":{"kind":"Name","value":"atMinIsrPartitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"preferredLeaderImbalance"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metadataQuorum"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaderId"}},{"kind":"Field","name":{"kind":"Name","value":"leaderEpoch"}},{"kind":"Field","name":{"kind":"Name","value":"highWatermark"}},{"kind":"Field","name":{"kind":"Name","value":"voters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replicaId"}},{"kind":"Field","name":{"kind":"Name","value":"logEndOffset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}},{"kind":"Field","name":{"kind":"Name","value":"lastCaughtUpTimestamp"}}]}},{"kind":"Field","name":{"kind":"Name","value":"observers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replicaId"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AtRisk"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Partition"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"leader"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isr"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offlineReplicas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}}]}}]} as unknown as DocumentNode<ClusterHealthQuery, ClusterHealthQueryVariables>;
export const ClusterDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clusterId"}},{"kind":"Field","name":{"kind":"Name","value":"controller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"brokers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"rack"}},{"kind":"Field","name":{"kind":"Name","value":"isController"}},{"kind":"Field","name":{"kind":"Name","value":"leaderCount"}},{"kind":"Field","name":{"kind":"Name","value":"replicaCount"}}]}}]}}]}}]} as unknown as DocumentNode<ClusterQuery, ClusterQueryVariables>;
export const CreatePartitionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePartitions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topic"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"totalCount"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPartitions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topic"}}},{"kind":"Argument","name":{"kind":"Name","value":"totalCount"},"value":{"kind":"Variable","name":{"kind":"Name","value":"totalCount"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"partitionCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreatePartitionsMutation, CreatePartitionsMutationVariables>;
export const CreateTopicsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateTopics"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topics"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NewTopicInput"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"validateOnly"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}},"defaultValue":{"kind":"BooleanValue","value":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTopics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topics"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topics"}}},{"kind":"Argument","name":{"kind":"Name","value":"validateOnly"},"value":{"kind":"Variable","name":{"kind":"Name","value":"validateOnly"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"partitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"replicationFactor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreateTopicsMutation, CreateTopicsMutationVariables>;
export const DeleteGroupsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteGroups"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupIds"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteGroups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"groupIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupIds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedGroupIds"}},{"kind":"Field","name":{"kind":"Name","value":"deletedIds"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteGroupsMutation, DeleteGroupsMutationVariables>;
export const DeleteRecordsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteRecords"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topic"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteRecordsInput"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteRecords"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topic"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lowWatermarks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteRecordsMutation, DeleteRecordsMutationVariables>;
export const DeleteTopicsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteTopics"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topics"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteTopics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topics"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topics"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedTopicNames"}},{"kind":"Field","name":{"kind":"Name","value":"deletedIds"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteTopicsMutation, DeleteTopicsMutationVariables>;
export const DescribeGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DescribeGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consumerGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"groupId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"groupState"}},{"kind":"Field","name":{"kind":"Name","value":"coordinator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}}]}},{"kind":"Field","name":{"kind":"Name","value":"members"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consumerId"}},{"kind":"Field","name":{"kind":"Name","value":"groupInstanceId"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"assignment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsumerGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partitionAssignor"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}},{"kind":"Field","name":{"kind":"Name","value":"timeLag"}},{"kind":"Field","name":{"kind":"Name","value":"maxPartitionLag"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}},{"kind":"Field","name":{"kind":"Name","value":"topics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lag"}},{"kind":"Field","name":{"kind":"Name","value":"partitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"latestOffset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}},{"kind":"Field","name":{"kind":"Name","value":"isOutOfRange"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clientId"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ShareGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lag"}},{"kind":"Field","name":{"kind":"Name","value":"startOffsets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"latestOffset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}}]}}]}}]}}]} as unknown as DocumentNode<DescribeGroupQuery, DescribeGroupQueryVariables>;
export const DescribeTopicDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DescribeTopic"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"topicId"}},{"kind":"Field","name":{"kind":"Name","value":"isInternal"}},{"kind":"Field","name":{"kind":"Name","value":"partitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"replicationFactor"}},{"kind":"Field","name":{"kind":"Name","value":"configs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"onlyOverrides"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"isSensitive"}},{"kind":"Field","name":{"kind":"Name","value":"isReadOnly"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"leader"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}}]}},{"kind":"Field","name":{"kind":"Name","value":"leaderEpoch"}},{"kind":"Field","name":{"kind":"Name","value":"replicas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}},{"kind":"Field","name":{"kind":"Name","value":"isLeader"}},{"kind":"Field","name":{"kind":"Name","value":"isPreferredLeader"}},{"kind":"Field","name":{"kind":"Name","value":"isInSync"}},{"kind":"Field","name":{"kind":"Name","value":"isOffline"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isr"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offlineReplicas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isUnderReplicated"}},{"kind":"Field","name":{"kind":"Name","value":"isUnderMinIsr"}},{"kind":"Field","name":{"kind":"Name","value":"earliestOffset"}},{"kind":"Field","name":{"kind":"Name","value":"latestOffset"}}]}}]}}]}}]} as unknown as DocumentNode<DescribeTopicQuery, DescribeTopicQueryVariables>;
export const DiskUsageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DiskUsage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}},{"kind":"Field","name":{"kind":"Name","value":"logDirs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalBytes"}},{"kind":"Field","name":{"kind":"Name","value":"usableBytes"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"replicaCount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"topics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"SIZE"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"partitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"replicas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"offsetLag"}},{"kind":"Field","name":{"kind":"Name","value":"isFuture"}},{"kind":"Field","name":{"kind":"Name","value":"logDir"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<DiskUsageQuery, DiskUsageQueryVariables>;
export const ElectLeadersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ElectLeaders"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"electionType"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ElectionType"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"partitions"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TopicPartitionInput"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"electLeaders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"electionType"},"value":{"kind":"Variable","name":{"kind":"Name","value":"electionType"}}},{"kind":"Argument","name":{"kind":"Name","value":"partitions"},"value":{"kind":"Variable","name":{"kind":"Name","value":"partitions"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"electedCount"}},{"kind":"Field","name":{"kind":"Name","value":"partitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"leader"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ElectLeadersMutation, ElectLeadersMutationVariables>;
export const GroupsLagDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GroupsLag"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"GroupFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"groupState"}},{"kind":"Field","name":{"kind":"Name","value":"coordinator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConsumerGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lag"}},{"kind":"Field","name":{"kind":"Name","value":"partitionAssignor"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consumerId"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"assignment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"offsets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"latestOffset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}},{"kind":"Field","name":{"kind":"Name","value":"isOutOfRange"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<GroupsLagQuery, GroupsLagQueryVariables>;
export const ListTopicsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListTopics"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TopicFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isInternal"}},{"kind":"Field","name":{"kind":"Name","value":"partitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"replicationFactor"}}]}}]}}]}}]} as unknown as DocumentNode<ListTopicsQuery, ListTopicsQueryVariables>;
export const BrokerChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"BrokerChanges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BrokerJoined"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"broker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BrokerLeft"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ControllerChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}}]}}]} as unknown as DocumentNode<BrokerChangesSubscription, BrokerChangesSubscriptionVariables>;
export const GroupChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"GroupChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupIds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"GroupFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"groupChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"groupIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupIds"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GroupStateChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GroupMemberJoined"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consumerId"}},{"kind":"Field","name":{"kind":"Name","value":"clientId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GroupMemberLeft"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"consumerId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GroupDeleted"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}}]}}]}}]}}]} as unknown as DocumentNode<GroupChangesSubscription, GroupChangesSubscriptionVariables>;
export const GroupLagDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"GroupLag"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupIds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"interval"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Duration"}},"defaultValue":{"kind":"StringValue","value":"PT1S","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consumerGroupLag"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"groupIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupIds"}}},{"kind":"Argument","name":{"kind":"Name","value":"interval"},"value":{"kind":"Variable","name":{"kind":"Name","value":"interval"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"latestOffset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}}]}}]} as unknown as DocumentNode<GroupLagSubscription, GroupLagSubscriptionVariables>;
export const PartitionChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PartitionChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topics"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"interval"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Duration"}},"defaultValue":{"kind":"StringValue","value":"PT1S","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partitionChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topics"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topics"}}},{"kind":"Argument","name":{"kind":"Name","value":"interval"},"value":{"kind":"Variable","name":{"kind":"Name","value":"interval"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeaderChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"leaderEpoch"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IsrChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"isr"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PartitionWentOffline"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PartitionChangesSubscription, PartitionChangesSubscriptionVariables>;
export const TopicChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"TopicChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TopicFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topicChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TopicCreated"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"partitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"replicationFactor"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TopicDeleted"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"topicId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PartitionsAdded"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"partitionCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TopicConfigChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"entries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TopicChangesSubscription, TopicChangesSubscriptionVariables>;
export const MessageStreamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MessageStream"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MessageStreamInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messageStream"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MessageBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"string"}}]}},{"kind":"Field","name":{"kind":"Name","value":"value"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"string"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CaughtUp"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"positions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"begin"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"end"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamGap"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"fromOffset"}},{"kind":"Field","name":{"kind":"Name","value":"toOffset"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StreamProgress"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"messagesScanned"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}}]}}]}}]} as unknown as DocumentNode<MessageStreamSubscription, MessageStreamSubscriptionVariables>;
export const MessagesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Messages"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topic"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"partitions"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"MessagePosition"}},"defaultValue":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"latest"},"value":{"kind":"BooleanValue","value":true}}]}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topic"}}},{"kind":"Argument","name":{"kind":"Name","value":"partitions"},"value":{"kind":"Variable","name":{"kind":"Name","value":"partitions"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"isTombstone"}},{"kind":"Field","name":{"kind":"Name","value":"key"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"string"}},{"kind":"Field","name":{"kind":"Name","value":"base64"}}]}},{"kind":"Field","name":{"kind":"Name","value":"value"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"string"}},{"kind":"Field","name":{"kind":"Name","value":"json"}},{"kind":"Field","name":{"kind":"Name","value":"base64"}},{"kind":"Field","name":{"kind":"Name","value":"size"}}]}},{"kind":"Field","name":{"kind":"Name","value":"headers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"string"}},{"kind":"Field","name":{"kind":"Name","value":"base64"}}]}}]}}]}}]}}]} as unknown as DocumentNode<MessagesSubscription, MessagesSubscriptionVariables>;
export const PartitionReassignmentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PartitionReassignments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topics"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partitionReassignments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topics"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topics"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"replicas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}},{"kind":"Field","name":{"kind":"Name","value":"isInSync"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"offsetLag"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"replicas"}},{"kind":"Field","name":{"kind":"Name","value":"addingReplicas"}},{"kind":"Field","name":{"kind":"Name","value":"removingReplicas"}}]}}]}}]}}]} as unknown as DocumentNode<PartitionReassignmentsQuery, PartitionReassignmentsQueryVariables>;
export const ProduceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Produce"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProduceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"produce"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ProduceMutation, ProduceMutationVariables>;
export const ReassignPartitionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReassignPartitions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"reassignments"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReassignmentInput"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alterPartitionReassignments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"reassignments"},"value":{"kind":"Variable","name":{"kind":"Name","value":"reassignments"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reassignments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replicas"}},{"kind":"Field","name":{"kind":"Name","value":"addingReplicas"}},{"kind":"Field","name":{"kind":"Name","value":"removingReplicas"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ReassignPartitionsMutation, ReassignPartitionsMutationVariables>;
export const ResetGroupOffsetsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResetGroupOffsets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topic"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MessagePosition"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"dryRun"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}},"defaultValue":{"kind":"BooleanValue","value":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resetConsumerGroupOffsets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"groupId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}}},{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topic"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"dryRun"},"value":{"kind":"Variable","name":{"kind":"Name","value":"dryRun"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"before"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}},{"kind":"Field","name":{"kind":"Name","value":"after"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ResetGroupOffsetsMutation, ResetGroupOffsetsMutationVariables>;
export const TransactionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Transactions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transactions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"states"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ONGOING"},{"kind":"EnumValue","value":"PREPARE_COMMIT"},{"kind":"EnumValue","value":"PREPARE_ABORT"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transactionalId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"startTime"}},{"kind":"Field","name":{"kind":"Name","value":"transactionTimeoutMs"}},{"kind":"Field","name":{"kind":"Name","value":"producerId"}},{"kind":"Field","name":{"kind":"Name","value":"coordinator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"topicPartitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"hangingTransactions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"StringValue","value":"ishwar-topic","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"searchedPartitions"}},{"kind":"Field","name":{"kind":"Name","value":"transactions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topicPartition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"producer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"producerId"}},{"kind":"Field","name":{"kind":"Name","value":"producerEpoch"}},{"kind":"Field","name":{"kind":"Name","value":"coordinatorEpoch"}},{"kind":"Field","name":{"kind":"Name","value":"currentTransactionStartOffset"}},{"kind":"Field","name":{"kind":"Name","value":"lastTimestamp"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TransactionsQuery, TransactionsQueryVariables>;
export const TruncateTopicDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TruncateTopic"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topic"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"keep"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"MessagePosition"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"truncateTopic"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topic"}}},{"kind":"Argument","name":{"kind":"Name","value":"keep"},"value":{"kind":"Variable","name":{"kind":"Name","value":"keep"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lowWatermarks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<TruncateTopicMutation, TruncateTopicMutationVariables>;
export const WelcomeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Welcome"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clusterId"}},{"kind":"Field","name":{"kind":"Name","value":"brokers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"StringValue","value":"ishwar-topic","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"partitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"replicationFactor"}},{"kind":"Field","name":{"kind":"Name","value":"partitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"leader"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replicas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isr"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"latestOffset"}}]}}]}}]}}]} as unknown as DocumentNode<WelcomeQuery, WelcomeQueryVariables>;