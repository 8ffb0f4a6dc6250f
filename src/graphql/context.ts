import type { PassQueue } from '../async/pass-queue.ts'
import type { ClusterInspector } from '../kafka/cluster-inspector.ts'
import type { ConfigAdmin } from '../kafka/config-admin.ts'
import type { GroupAdmin, Groups } from '../kafka/groups.ts'
import type { MessageStreams } from '../kafka/message-streams.ts'
import type { MessageTimes } from '../kafka/message-times.ts'
import type { CallOptions, Catalog, MessageSink, TopicAdmin } from '../kafka/ports.ts'
import type { ReplicaAdmin } from '../kafka/replica-admin.ts'
import type { SecurityAdmin } from '../kafka/security.ts'
import type { TransactionAdmin } from '../kafka/transaction-admin.ts'
import type { Watches } from '../kafka/watches.ts'
import type { GraphQLLimits } from './limits.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** The Kafka ports that resolvers use. `kafka-stack.ts` implements them; `late-kafka.ts` stands in until Kafka has started. */
export interface GraphQLPorts {
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
}

/** The client of an operation. */
export interface OperationCaller extends CallOptions {
  /** The cursor that the transport resumes a subscription from: counts more than its arguments. */
  readonly resumeAfter?: string | undefined
}

/** What every resolver of one operation shares. */
export interface GraphQLContext extends GraphQLPorts {
  /** The operation pauses between two slices of its work; see Loaders. */
  pause(): void
  resume(): void
  readonly loaders: Loaders
  readonly limits: GraphQLLimits
  /** How much of the answer's budget its lists have taken so far; `bounded-answers.ts` alone writes it. */
  valuesTaken: number
  /** Bytes of payloads that the answer or event holds so far; `rendered-bytes.ts` adds to it. */
  bytesRendered: number
  /** The largest of them. */
  largestRendering: number
  /** Items that passes over lists have looked at; `passes.ts` adds to it. */
  itemsLookedAt: number
  /** Gives long passes a turn of the event loop each, all of the process. */
  readonly passes: PassQueue
  /** Aborts when nobody waits for the operation any more. */
  readonly signal?: AbortSignal | undefined
  /** The cursor that the transport resumes a subscription from (SSE: `Last-Event-ID`); counts more than its arguments. */
  readonly resumeAfter?: string | undefined
}

/** A class, field by field, and a signal made when it is read: a literal with the ports spread in, and a signal that nobody reads, cost 11 µs. */
class OperationContext implements GraphQLContext {
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
  readonly loaders: Loaders
  readonly limits: GraphQLLimits
  valuesTaken = 0
  bytesRendered = 0
  largestRendering = 0
  itemsLookedAt = 0
  readonly passes: PassQueue
  readonly #caller: OperationCaller

  constructor(ports: GraphQLPorts, limits: GraphQLLimits, passes: PassQueue, caller: OperationCaller) {
    this.catalog = ports.catalog
    this.topicAdmin = ports.topicAdmin
    this.configAdmin = ports.configAdmin
    this.sink = ports.sink
    this.streams = ports.streams
    this.groups = ports.groups
    this.groupAdmin = ports.groupAdmin
    this.replicas = ports.replicas
    this.inspector = ports.inspector
    this.security = ports.security
    this.transactions = ports.transactions
    this.messageTimes = ports.messageTimes
    this.watches = ports.watches
    this.loaders = createLoaders(ports, caller)
    this.limits = limits
    this.passes = passes
    this.#caller = caller
  }

  pause(): void {
    this.loaders.pause()
  }

  resume(): void {
    this.loaders.resume()
  }

  get signal(): AbortSignal | undefined {
    return this.#caller.signal
  }

  get resumeAfter(): string | undefined {
    return this.#caller.resumeAfter
  }
}

/** Makes one context an operation: what one operation has loaded, no other one sees. */
export const createContext =
  (ports: GraphQLPorts, limits: GraphQLLimits, passes: PassQueue): ((caller?: OperationCaller) => GraphQLContext) =>
  (caller = {}) =>
    new OperationContext(ports, limits, passes, caller)
