import type { ConfigResource, ConfigResourceType } from '../cluster.ts'
import type { Outcome } from '../errors/kafka-error.ts'
import type { Call } from './call.ts'
import type { ValidateOption } from './topic-admin.ts'

/** How one config is changed, with Kafka's names. APPEND and SUBTRACT edit the entries of a list. */
export type AlterConfigOpType = 'SET' | 'DELETE' | 'APPEND' | 'SUBTRACT'

/** A change of one config of a resource. */
export interface AlterConfigOp {
  readonly op: AlterConfigOpType
  readonly name: string
  /** Null with DELETE. */
  readonly value: string | null
}

/** Lists and changes the configs of resources. */
export interface ConfigAdmin {
  /**
   * Lists the resources of a type, sorted by name: all brokers and topics, but only groups and client metrics that have
   * configs of their own.
   * @throws KafkaError UNSUPPORTED_VERSION if the broker cannot list them; KAFKA_UNAVAILABLE.
   */
  listConfigResources(call: Call, type: ConfigResourceType): Promise<readonly ConfigResource[]>
  /**
   * Applies all ops or none; other configs keep their values. Resolves once every broker that serves these configs
   * shows the change. Returns the resource, or Kafka's error for it: INVALID_CONFIG, INVALID_REQUEST (a name is
   * repeated), UNKNOWN_TOPIC_OR_PARTITION, POLICY_VIOLATION, …
   */
  incrementalAlterConfigs(
    call: Call,
    resource: ConfigResource,
    ops: readonly AlterConfigOp[],
    options?: ValidateOption,
  ): Promise<Outcome<ConfigResource>>
}
