import type { ConfigResource, ConfigResourceType } from '../cluster.ts'
import type { Outcome } from '../kafka-error.ts'
import type { Call } from './call.ts'
import type { ValidateOption } from './topic-admin.ts'

/** What is done to one config; Kafka's names. APPEND and SUBTRACT work on the entries of a list. */
export type AlterConfigOpType = 'SET' | 'DELETE' | 'APPEND' | 'SUBTRACT'

/** A change of one config of a resource. */
export interface AlterConfigOp {
  readonly op: AlterConfigOpType
  readonly name: string
  /** Null with DELETE. */
  readonly value: string | null
}

/** Lists what has configs, and changes them. */
export interface ConfigAdmin {
  /**
   * The resources of a type, sorted by name: groups and client metrics with settings of their own, brokers and topics all.
   * @throws KafkaError UNSUPPORTED_VERSION where the broker cannot list them, KAFKA_UNAVAILABLE.
   */
  listConfigResources(call: Call, type: ConfigResourceType): Promise<readonly ConfigResource[]>
  /**
   * Carries out all ops or none; every config that no op names stays as it was. Resolves once the brokers that tell this
   * resource's configs show the change. The outcome is the resource, or Kafka's error for it (INVALID_CONFIG,
   * INVALID_REQUEST for a name that comes twice, UNKNOWN_TOPIC_OR_PARTITION, POLICY_VIOLATION, …).
   */
  incrementalAlterConfigs(
    call: Call,
    resource: ConfigResource,
    ops: readonly AlterConfigOp[],
    options?: ValidateOption,
  ): Promise<Outcome<ConfigResource>>
}
