/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How many replicas must have a message before Kafka acknowledges it. */
export type Acks =
  /** All in-sync replicas. An acknowledged message survives as long as one of them does. If fewer than `min.insync.replicas` are in sync, the message is refused with NOT_ENOUGH_REPLICAS. */
  | 'ALL'
  /** Only the leader. If it dies, messages that no follower has copied are lost. */
  | 'LEADER'
  /** No acknowledgement. The results have no offset, and a lost message goes unnoticed. */
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

/** Limits of a batch: its size, and how long a message waits for others. Default: the server chooses, so that a single message is sent almost at once and a backlog in large batches. */
export type BatchInput = {
  /** How long the first message of a batch may wait for others, such as "PT0.005S". */
  linger?: string | null | undefined;
  /** The maximum number of bytes in a batch. A larger message gets a batch of its own. */
  maxBytes?: number | null | undefined;
  /** The maximum number of messages in a batch. */
  maxMessages?: number | null | undefined;
};

/** The rule that a new version of a subject must follow. It decides who may be upgraded first, because producers and consumers of a topic never change at the same moment. Messages stay in Kafka for long, so consumers must also read what old producers have written. */
export type CompatibilityLevel =
  /** The new schema reads what was written with the last version: upgrade the consumers first, then the producers. Delete fields, or add fields that have a default. Registries use it unless told otherwise. */
  | 'BACKWARD'
  /** As BACKWARD, but checked against all versions: a consumer with the new schema reads the whole topic from its beginning. */
  | 'BACKWARD_TRANSITIVE'
  /** The last version reads what is written with the new schema: upgrade the producers first, then the consumers. Add fields, or delete fields that have a default. */
  | 'FORWARD'
  /** As FORWARD, but checked against all versions: consumers of any age read the new messages. */
  | 'FORWARD_TRANSITIVE'
  /** BACKWARD and FORWARD with the last version: upgrade producers and consumers in any order. Add or delete only fields that have a default. */
  | 'FULL'
  /** As FULL, but checked against all versions. */
  | 'FULL_TRANSITIVE'
  /** Every schema is accepted. Upgrade producers and consumers together, and expect old messages to be unreadable. */
  | 'NONE';

/** The compression of a batch of messages, on the network and on Kafka’s disks. Readers decompress it automatically. */
export type CompressionType =
  /** gzip: small output, slow. */
  | 'GZIP'
  /** LZ4: the fastest. */
  | 'LZ4'
  /** No compression. */
  | 'NONE'
  /** Snappy: fast, larger output than gzip. */
  | 'SNAPPY'
  /** Zstandard: output nearly as small as gzip, much faster. */
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
  /** The preferred leader, the first in the order of assignment, if it is in sync. It spreads the leaders over the brokers again after one was away. No message is lost. */
  | 'PREFERRED'
  /** For a partition without a leader: any live replica, even one that is not in sync. The partition works again, but acknowledged messages may be lost permanently. */
  | 'UNCLEAN';

/** Why messages will never be delivered. */
export type GapReason =
  /** They cannot be read: their batch is damaged, too large when decompressed, or compressed with an unknown codec. */
  | 'DECODE_LIMIT'
  /** They were dropped because this subscriber reads too slowly and had asked for that. */
  | 'DROPPED_BY_POLICY'
  /** They were deleted before they could be read, by retention or by a delete-records request. */
  | 'RETENTION'
  /** The topic was deleted and created again, so its offsets start again at 0. */
  | 'TOPIC_RECREATED'
  /** A replica that was not in sync became the leader, and its log ends before the offset that had been read. */
  | 'UNCLEAN_LEADER_ELECTION';

/** Selects the groups to list. A group must match every condition that is given. */
export type GroupFilter = {
  /** Only groups whose id contains this text, case-sensitive. */
  groupIdContains?: string | null | undefined;
  /** Only groups with one of these ids; unknown ids are ignored. */
  groupIds?: Array<string> | null | undefined;
  /** Only groups with at least this many messages left to read. Share groups whose lag the broker does not report (before Kafka 4.2) are left out. This requests the offsets of every group that matches the rest of the filter. */
  minLag?: string | number | null | undefined;
  /** Only groups in one of these states. */
  states?: Array<GroupState> | null | undefined;
  /** Only groups that have committed an offset in this topic, and share groups that have started to read it. This requests the offsets of every group that matches the rest of the filter. */
  topic?: string | null | undefined;
  /** Only groups of one of these types. */
  types?: Array<GroupType> | null | undefined;
};

/** What a group is doing now. */
export type GroupState =
  /** The broker is computing the assignment of partitions to members. */
  | 'ASSIGNING'
  /** All members have joined, and partitions are being assigned to them. */
  | 'COMPLETING_REBALANCE'
  /** The group has neither members nor offsets. Kafka is about to remove it. */
  | 'DEAD'
  /** The group has no members, but its committed offsets are kept. Its offsets can be changed only in this state. */
  | 'EMPTY'
  /** A streams group whose members need topics that do not exist. */
  | 'NOT_READY'
  /** A member joined or left. The other members must join again. */
  | 'PREPARING_REBALANCE'
  /** Members are releasing and taking over partitions until the new assignment is reached. */
  | 'RECONCILING'
  /** The group has members, and each has its partitions. */
  | 'STABLE'
  /** A state that the broker reports but this API does not know. */
  | 'UNKNOWN';

/** The protocol between a group’s members and the brokers. */
export type GroupType =
  /** The older protocol, which most clients still use. One member assigns the partitions. Kafka Connect workers and groups that only commit offsets are classic groups too. */
  | 'CLASSIC'
  /** The newer consumer protocol (KIP-848). The broker assigns the partitions to members. */
  | 'CONSUMER'
  /** A share group (KIP-932). Several members read the same partition, and they acknowledge each message separately, as in a queue. */
  | 'SHARE'
  /** A Kafka Streams application that the broker balances (KIP-1071). Its members get tasks. */
  | 'STREAMS'
  /** The broker does not report the type: it is older than Kafka 3.8. */
  | 'UNKNOWN';

/** A header to write. */
export type HeaderInput = {
  /** Its name, which may repeat. */
  key: string;
  /** Its bytes. Default: none. */
  value?: PayloadInput | null | undefined;
};

/** Which transactional messages a reader sees. */
export type IsolationLevel =
  /** Only messages of committed transactions and those outside transactions, up to the last stable offset. That is the start of the oldest open transaction. */
  | 'READ_COMMITTED'
  /** All messages up to the high watermark, including those of open and aborted transactions. */
  | 'READ_UNCOMMITTED';

/** A position in every partition of the subscription, given in exactly one of these ways. */
export type MessagePosition =
  {   /** Start at the first message that is at most this old: "PT15M" means a quarter of an hour. */
  ago: string; cursor?: never; earliest?: never; lastPerPartition?: never; latest?: never; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never;   /** Start right after the message with this cursor. */
  cursor: string; earliest?: never; lastPerPartition?: never; latest?: never; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never;   /** True: start at the first message that is still stored, as `--from-beginning` does. */
  earliest: boolean; lastPerPartition?: never; latest?: never; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never;   /** Start this many offsets before the end of each partition, to show the newest messages at once. */
  lastPerPartition: number; latest?: never; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never; lastPerPartition?: never;   /** True: start at the end and read only new messages. */
  latest: boolean; offset?: never; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never; lastPerPartition?: never; latest?: never;   /** Start at the same offset in every partition. Use it for a single partition. */
  offset: string | number; offsets?: never; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never; lastPerPartition?: never; latest?: never; offset?: never;   /** Start at one offset per partition. Partitions that are not listed are not read. */
  offsets: Array<PartitionOffsetInput>; timestamp?: never; }
  |  { ago?: never; cursor?: never; earliest?: never; lastPerPartition?: never; latest?: never; offset?: never; offsets?: never;   /** Start at the first message at or after this time, in each partition. */
  timestamp: string; };

/** The topic to stream, the start and end positions, and the batch limits. */
export type MessageStreamInput = {
  /** Resume after the event with this cursor; it overrides `from`. Null: start at `from`. If Kafka is unreachable, a subscription that resumes waits for it; a new one waits for a limited time, then fails with KAFKA_UNAVAILABLE and `retriable` true. Over SSE the header `Last-Event-ID` overrides this argument, so that `EventSource` resumes automatically. */
  after?: string | null | undefined;
  /** Limits of a batch. */
  batch?: BatchInput | null | undefined;
  /** Where to start. */
  from?: MessagePosition | null | undefined;
  /** Whether to include messages of open and aborted transactions. */
  isolationLevel?: IsolationLevel | null | undefined;
  /** Only these partitions. Default: all, including partitions added later. */
  partitions?: Array<number> | null | undefined;
  /** Where to end: the subscription completes when every partition has reached this position. Default: it never ends. */
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
  /** The offset to start from. */
  offset: string | number;
  /** The number of the partition. */
  partition: number;
};

/** Bytes to write, given in exactly one of these forms. */
export type PayloadInput =
  {   /** A value to write by an Avro schema. */
  avro: SchemaEncodedInput; base64?: never; int64?: never; json?: never; jsonSchema?: never; protobuf?: never; string?: never; }
  |  { avro?: never;   /** Bytes in base64, for anything that is not text. What was read as `base64` is written again byte for byte, with its framing. */
  base64: string; int64?: never; json?: never; jsonSchema?: never; protobuf?: never; string?: never; }
  |  { avro?: never; base64?: never;   /** A whole number, written as 8 bytes, most significant first, as Kafka’s LongSerializer does. */
  int64: string | number; json?: never; jsonSchema?: never; protobuf?: never; string?: never; }
  |  { avro?: never; base64?: never; int64?: never;   /** A JSON value, written as compact JSON text. Whole numbers beyond ±9007199254740991 are refused, because JSON parsers round them: write those as `string`. */
  json: unknown; jsonSchema?: never; protobuf?: never; string?: never; }
  |  { avro?: never; base64?: never; int64?: never; json?: never;   /** A JSON value to check by a JSON Schema and write. */
  jsonSchema: SchemaEncodedInput; protobuf?: never; string?: never; }
  |  { avro?: never; base64?: never; int64?: never; json?: never; jsonSchema?: never;   /** A value to write by a Protobuf schema. */
  protobuf: SchemaEncodedInput; string?: never; }
  |  { avro?: never; base64?: never; int64?: never; json?: never; jsonSchema?: never; protobuf?: never;   /** Text, written as UTF-8. */
  string: string; };

/** Messages to write, and how to write them. */
export type ProduceInput = {
  /** How many replicas must have a message before Kafka acknowledges it. */
  acks?: Acks | null | undefined;
  /** How to compress them. */
  compressionType?: CompressionType | null | undefined;
  /** The messages, at most 10,000 unless the server is configured otherwise (`MAX_PRODUCE_MESSAGES`). Messages of one partition keep this order. */
  messages: Array<ProducerMessageInput>;
  /** The time limit for the result of every message, even if Kafka is down. Default: the longest that the server allows (30 seconds unless configured otherwise). */
  timeout?: string | null | undefined;
  /** The topic to write to. It must exist: `produce` never creates one. */
  topic: string;
  /** Write all messages or none, across topics and partitions, in one Kafka transaction. READ_COMMITTED readers see all of them or none. READ_UNCOMMITTED readers see each message once it is written, even if the transaction is aborted later. If one message is refused, all are: it has its own error, the others have TRANSACTION_ABORTED. Requires acks ALL. It costs several round trips, so use it for messages that belong together, not for speed. */
  transactional?: boolean | null | undefined;
};

/** One message to write. */
export type ProducerMessageInput = {
  /** Its headers. Their order and repeated names are kept. */
  headers?: Array<HeaderInput> | null | undefined;
  /** Its key. Messages with equal keys go to the same partition. Default: no key. */
  key?: PayloadInput | null | undefined;
  /** The partition to write to. Default: chosen by the key as Kafka’s own producer does (murmur2), or spread if there is no key. */
  partition?: number | null | undefined;
  /** Its timestamp. Default: now. */
  timestamp?: string | null | undefined;
  /** The topic of this message. It overrides the topic of the request. */
  topic?: string | null | undefined;
  /** Its value. Omitted or null: a tombstone, which deletes its key from a compacted topic. */
  value?: PayloadInput | null | undefined;
};

/** The type of an entity that a quota applies to. */
export type QuotaEntityType =
  /** Clients with this `client.id`. */
  | 'CLIENT_ID'
  /** The address of clients. */
  | 'IP'
  /** A user, by login name. */
  | 'USER';

/** The new replicas of a partition, or the cancellation of its move. */
export type ReassignmentInput = {
  /** The number of the partition, counted from 0. */
  partition: number;
  /** Node ids of the brokers to keep a copy, the preferred leader first. Null or omitted: cancel the current move and restore the previous replicas. */
  replicas?: Array<number> | null | undefined;
  /** The name of the topic. */
  topic: string;
};

/** A value to write by a schema of the registry, framed as Confluent’s serializers do it: a zero byte, the id of the schema, the encoded value. By default the schema is the latest version of the subject `<topic>-value` (for a key `<topic>-key`). The schema must be registered: `registerSchema` does that. */
export type SchemaEncodedInput = {
  /** The value as JSON, in the form in which `MessagePayload.json` shows it. Write whole numbers beyond ±9007199254740991 and decimals as strings, and bytes in base64. A value that does not fit the schema is refused with INVALID_RECORD and the path of the field. */
  data: unknown;
  /** Protobuf: the message of the .proto file, such as `shop.Order.Line`. Default: the first one. Other languages have no such choice. */
  messageName?: string | null | undefined;
  /** The id of the schema, instead of subject and version. */
  schemaId?: number | null | undefined;
  /** The subject of the schema, such as `shop.Order` (RecordName) or `orders-shop.Order` (TopicRecordName). Required for a header unless `schemaId` is given. */
  subject?: string | null | undefined;
  /** The version of the subject. Default: the latest. */
  version?: number | null | undefined;
};

/** A schema that the text of another one uses. It must be registered before. */
export type SchemaReferenceInput = {
  /** The name that the text uses: the full name of an Avro record, the path in a Protobuf import, the URI in a JSON Schema `$ref`. */
  name: string;
  /** The subject of the used schema. */
  subject: string;
  /** Its version in that subject. */
  version: number;
};

/** The language that a schema is written in. */
export type SchemaType =
  /** Apache Avro: JSON text that names records, their fields and types. Its bytes hold no names, so they can only be read with the schema. */
  | 'AVRO'
  /** JSON Schema: rules that a JSON value must follow. The bytes themselves are JSON text. */
  | 'JSON'
  /** Protocol Buffers: a .proto file with one or more messages. Its bytes hold field numbers, not names. */
  | 'PROTOBUF';

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

/** The state of the newest transaction of a transactional id, as its coordinator reports it. */
export type TransactionState =
  /** Aborted in all its partitions. */
  | 'COMPLETE_ABORT'
  /** Committed in all its partitions. */
  | 'COMPLETE_COMMIT'
  /** There has been no transaction yet. */
  | 'EMPTY'
  /** Open: the producer is writing messages that READ_COMMITTED readers do not see yet. */
  | 'ONGOING'
  /** Aborting: abort markers are being written to its partitions. */
  | 'PREPARE_ABORT'
  /** Committing: commit markers are being written to its partitions. */
  | 'PREPARE_COMMIT'
  /** An older producer with the same id is being fenced off. */
  | 'PREPARE_EPOCH_FENCE'
  /** A state that the broker reports but this API does not know. */
  | 'UNKNOWN';

export type AlterConfigsMutationVariables = Exact<{
  resource: ConfigResourceInput;
  ops: Array<AlterConfigOpInput> | AlterConfigOpInput;
  validateOnly?: boolean | null | undefined;
}>;


export type AlterConfigsMutation = { incrementalAlterConfigs: { configs: Array<{ name: string, value: string | null, source: ConfigSource, isDefault: boolean }> | null, errors: Array<{ code: string, message: string }> } };

export type CheckCompatibilityQueryVariables = Exact<{
  subject: string;
  schemaType?: SchemaType | null | undefined;
  schema: string;
}>;


export type CheckCompatibilityQuery = { cluster: { schemaRegistry: { checkCompatibility: { isCompatible: boolean, reasons: Array<{ path: string | null, message: string }> } | null } | null } | null };

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

export type ProduceBySchemaMutationVariables = Exact<{
  topic: string;
  value: unknown;
}>;


export type ProduceBySchemaMutation = { produce: { results: Array<{ partition: number, offset: string | null } | null>, errors: Array<{ code: string, message: string, path: Array<string> | null }> } };

export type ProduceMutationVariables = Exact<{
  input: ProduceInput;
}>;


export type ProduceMutation = { produce: { results: Array<{ partition: number, offset: string | null, timestamp: string | null, cursor: string | null, topic: { name: string } } | null>, errors: Array<{ code: string, message: string, retriable: boolean, path: Array<string> | null }> } };

export type ReassignPartitionsMutationVariables = Exact<{
  reassignments: Array<ReassignmentInput> | ReassignmentInput;
}>;


export type ReassignPartitionsMutation = { alterPartitionReassignments: { reassignments: Array<{ replicas: Array<number>, addingReplicas: Array<number>, removingReplicas: Array<number>, partition: { partition: number, topic: { id: string, name: string } } | null }> | null, errors: Array<{ code: string, message: string, retriable: boolean, path: Array<string> | null }> } };

export type RegisterSchemaMutationVariables = Exact<{
  subject: string;
  schemaType?: SchemaType | null | undefined;
  schema: string;
  references?: Array<SchemaReferenceInput> | SchemaReferenceInput | null | undefined;
}>;


export type RegisterSchemaMutation = { registerSchema: { schemaVersion: { version: number, subject: { name: string }, schema: { schemaId: string | null, schemaType: SchemaType } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> | null }> } };

export type ResetGroupOffsetsMutationVariables = Exact<{
  groupId: string;
  topic: string;
  to: MessagePosition;
  dryRun?: boolean | null | undefined;
}>;


export type ResetGroupOffsetsMutation = { resetConsumerGroupOffsets: { before: Array<{ offset: string, lag: string | null, partition: { partition: number } | null }>, after: Array<{ offset: string, lag: string | null, partition: { partition: number } | null }>, errors: Array<{ code: string, message: string }> } };

export type SchemaRegistryQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  nameContains?: string | null | undefined;
}>;


export type SchemaRegistryQuery = { cluster: { schemaRegistry: { compatibilityLevel: CompatibilityLevel | null, mode: string | null, subjects: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, name: string, compatibilityLevel: CompatibilityLevel | null, topics: Array<{ name: string }> | null, versions: Array<{ version: number }> | null, latest: { version: number, schema: { schemaId: string | null, schemaType: SchemaType, schema: string, references: Array<{ version: number, subject: { name: string } }> } | null } | null }> } | null } | null } | null };

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
export const CheckCompatibilityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckCompatibility"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"subject"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"schemaType"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SchemaType"}},"defaultValue":{"kind":"EnumValue","value":"AVRO"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"schema"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schemaRegistry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkCompatibility"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"subject"},"value":{"kind":"Variable","name":{"kind":"Name","value":"subject"}}},{"kind":"Argument","name":{"kind":"Name","value":"schemaType"},"value":{"kind":"Variable","name":{"kind":"Name","value":"schemaType"}}},{"kind":"Argument","name":{"kind":"Name","value":"schema"},"value":{"kind":"Variable","name":{"kind":"Name","value":"schema"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isCompatible"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CheckCompatibilityQuery, CheckCompatibilityQueryVariables>;
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
export const ProduceBySchemaDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ProduceBySchema"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topic"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"value"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"JSON"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"produce"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"topic"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topic"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"messages"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"value"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"avro"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"data"},"value":{"kind":"Variable","name":{"kind":"Name","value":"value"}}}]}}]}}]}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ProduceBySchemaMutation, ProduceBySchemaMutationVariables>;
export const ProduceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Produce"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProduceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"produce"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ProduceMutation, ProduceMutationVariables>;
export const ReassignPartitionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReassignPartitions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"reassignments"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReassignmentInput"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alterPartitionReassignments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"reassignments"},"value":{"kind":"Variable","name":{"kind":"Name","value":"reassignments"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reassignments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replicas"}},{"kind":"Field","name":{"kind":"Name","value":"addingReplicas"}},{"kind":"Field","name":{"kind":"Name","value":"removingReplicas"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ReassignPartitionsMutation, ReassignPartitionsMutationVariables>;
export const RegisterSchemaDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RegisterSchema"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"subject"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"schemaType"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SchemaType"}},"defaultValue":{"kind":"EnumValue","value":"AVRO"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"schema"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"references"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SchemaReferenceInput"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registerSchema"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"subject"},"value":{"kind":"Variable","name":{"kind":"Name","value":"subject"}}},{"kind":"Argument","name":{"kind":"Name","value":"schemaType"},"value":{"kind":"Variable","name":{"kind":"Name","value":"schemaType"}}},{"kind":"Argument","name":{"kind":"Name","value":"schema"},"value":{"kind":"Variable","name":{"kind":"Name","value":"schema"}}},{"kind":"Argument","name":{"kind":"Name","value":"references"},"value":{"kind":"Variable","name":{"kind":"Name","value":"references"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schemaVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"schema"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schemaId"}},{"kind":"Field","name":{"kind":"Name","value":"schemaType"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<RegisterSchemaMutation, RegisterSchemaMutationVariables>;
export const ResetGroupOffsetsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResetGroupOffsets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topic"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MessagePosition"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"dryRun"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}},"defaultValue":{"kind":"BooleanValue","value":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resetConsumerGroupOffsets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"groupId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"groupId"}}},{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topic"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"dryRun"},"value":{"kind":"Variable","name":{"kind":"Name","value":"dryRun"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"before"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}},{"kind":"Field","name":{"kind":"Name","value":"after"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offset"}},{"kind":"Field","name":{"kind":"Name","value":"lag"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ResetGroupOffsetsMutation, ResetGroupOffsetsMutationVariables>;
export const SchemaRegistryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SchemaRegistry"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"nameContains"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schemaRegistry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"compatibilityLevel"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"subjects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"nameContains"},"value":{"kind":"Variable","name":{"kind":"Name","value":"nameContains"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"compatibilityLevel"}},{"kind":"Field","name":{"kind":"Name","value":"topics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"versions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"latest"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"schema"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"schemaId"}},{"kind":"Field","name":{"kind":"Name","value":"schemaType"}},{"kind":"Field","name":{"kind":"Name","value":"schema"}},{"kind":"Field","name":{"kind":"Name","value":"references"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<SchemaRegistryQuery, SchemaRegistryQueryVariables>;
export const TransactionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Transactions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transactions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"states"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ONGOING"},{"kind":"EnumValue","value":"PREPARE_COMMIT"},{"kind":"EnumValue","value":"PREPARE_ABORT"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transactionalId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"startTime"}},{"kind":"Field","name":{"kind":"Name","value":"transactionTimeoutMs"}},{"kind":"Field","name":{"kind":"Name","value":"producerId"}},{"kind":"Field","name":{"kind":"Name","value":"coordinator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"topicPartitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"hangingTransactions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"StringValue","value":"ishwar-topic","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"searchedPartitions"}},{"kind":"Field","name":{"kind":"Name","value":"transactions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topicPartition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"producer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"producerId"}},{"kind":"Field","name":{"kind":"Name","value":"producerEpoch"}},{"kind":"Field","name":{"kind":"Name","value":"coordinatorEpoch"}},{"kind":"Field","name":{"kind":"Name","value":"currentTransactionStartOffset"}},{"kind":"Field","name":{"kind":"Name","value":"lastTimestamp"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TransactionsQuery, TransactionsQueryVariables>;
export const TruncateTopicDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TruncateTopic"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"topic"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"keep"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"MessagePosition"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"truncateTopic"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"topic"},"value":{"kind":"Variable","name":{"kind":"Name","value":"topic"}}},{"kind":"Argument","name":{"kind":"Name","value":"keep"},"value":{"kind":"Variable","name":{"kind":"Name","value":"keep"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lowWatermarks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"offset"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<TruncateTopicMutation, TruncateTopicMutationVariables>;
export const WelcomeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Welcome"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cluster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clusterId"}},{"kind":"Field","name":{"kind":"Name","value":"brokers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"topic"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"StringValue","value":"ishwar-topic","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"partitionCount"}},{"kind":"Field","name":{"kind":"Name","value":"replicationFactor"}},{"kind":"Field","name":{"kind":"Name","value":"partitions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partition"}},{"kind":"Field","name":{"kind":"Name","value":"leader"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nodeId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replicas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isr"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brokerId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"latestOffset"}}]}}]}}]}}]} as unknown as DocumentNode<WelcomeQuery, WelcomeQueryVariables>;