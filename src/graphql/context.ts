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
import type { PassQueue } from '../pull/pass-queue.ts'
import type { GraphQLLimits } from './limits.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** The Kafka ports that resolvers call. */
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
  /** The cursor from which the transport resumes a subscription. It overrides the cursor in the arguments. */
  readonly resumeAfter?: string | undefined
}

/** What every resolver of one operation shares. */
export interface GraphQLContext extends GraphQLPorts {
  /** Pauses the operation's loaders between two slices of its work; see Loaders. */
  pause(): void
  resume(): void
  readonly loaders: Loaders
  readonly limits: GraphQLLimits
  /** How much of the response budget the lists have taken so far. Only `bounded-answers.ts` writes it. */
  valuesTaken: number
  /** Bytes of rendered payloads in the response or event so far; `rendered-bytes.ts` adds to it. */
  bytesRendered: number
  /** The largest of these renderings, in bytes. */
  largestRendering: number
  /** How many list items this operation's passes have visited; `passes.ts` adds to it. */
  itemsLookedAt: number
  /** The process-wide queue that gives each long pass a turn of the event loop. */
  readonly passes: PassQueue
  /** Aborts when no client waits for the operation any more. */
  readonly signal?: AbortSignal | undefined
  /**
   * The cursor from which the transport resumes a subscription (SSE: `Last-Event-ID`). It overrides the cursor in the
   * arguments.
   */
  readonly resumeAfter?: string | undefined
}

/**
 * A class with explicit fields and a lazy signal: spreading the ports into a literal and creating an unused signal cost
 * 11 µs.
 */
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

/** Makes one context per operation: operations share no loaded data. */
export const createContext =
  (ports: GraphQLPorts, limits: GraphQLLimits, passes: PassQueue): ((caller?: OperationCaller) => GraphQLContext) =>
  (caller = {}) =>
    new OperationContext(ports, limits, passes, caller)
