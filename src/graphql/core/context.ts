import type { PassQueue } from '../../async/pass-queue.ts'
import { DEFAULT_CLUSTER } from '../../kafka/cluster-name.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { PayloadReader } from '../../kafka/ports/payload-reader.ts'
import type { Ports } from '../../kafka/ports/ports.ts'
import type { GraphQLLimits } from './limits.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** The client of an operation, as its transport knows it: the parts of its call, and where a subscription resumes. */
export interface OperationCaller extends Omit<Call, 'cluster'> {
  /** The cursor from which the transport resumes a subscription. It overrides the arguments. */
  readonly resumeAfter?: string | undefined
}

/** What every resolver of one operation shares. */
export interface GraphQLContext {
  readonly ports: Ports
  /** Reads keys, values and headers in any format. */
  readonly payloads: PayloadReader
  /** The first argument of every port method. Changes pass `uninterrupted(call)`. */
  readonly call: Call
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
  /** The work of decoding beyond the bytes of the payloads themselves; `rendered-bytes.ts` adds to it. */
  decodeWork: number
  /** Large payloads that were decoded, and their readings; `rendered-bytes.ts` adds to it. */
  decoded: WeakSet<object> | null
  /** Counts the events of a subscription; `bounded-answers.ts` writes it. */
  eventNumber: number
  /** How many list items this operation's passes have visited; `passes.ts` adds to it. */
  itemsLookedAt: number
  /** The process-wide queue that gives each long pass a turn of the event loop. */
  readonly passes: PassQueue
  /** The cursor from which the transport resumes a subscription (SSE: `Last-Event-ID`). It overrides the arguments. */
  readonly resumeAfter?: string | undefined
}

/** The call of an operation. It reads the caller on demand: making a signal costs 11 µs, and most operations never read it. */
class OperationCall implements Call {
  readonly cluster: string
  readonly #caller: OperationCaller

  constructor(caller: OperationCaller, cluster: string) {
    this.#caller = caller
    this.cluster = cluster
  }

  get signal(): AbortSignal | undefined {
    return this.#caller.signal
  }

  get deadline(): number | undefined {
    return this.#caller.deadline
  }

  get principal(): Call['principal'] {
    return this.#caller.principal
  }

  get trace(): Call['trace'] {
    return this.#caller.trace
  }
}

/** The parts that the contexts of all operations share. */
export interface OperationParts {
  readonly ports: Ports
  readonly payloads: PayloadReader
  readonly limits: GraphQLLimits
  readonly passes: PassQueue
  /** Default: DEFAULT_CLUSTER. */
  readonly cluster?: string | undefined
}

/** A class, because every idle subscription has one. */
class OperationContext implements GraphQLContext {
  readonly ports: Ports
  readonly payloads: PayloadReader
  readonly call: Call
  readonly loaders: Loaders
  readonly limits: GraphQLLimits
  valuesTaken = 0
  bytesRendered = 0
  largestRendering = 0
  decodeWork = 0
  decoded: WeakSet<object> | null = null
  eventNumber = 0
  itemsLookedAt = 0
  readonly passes: PassQueue
  readonly #caller: OperationCaller

  constructor({ ports, payloads, limits, passes, cluster = DEFAULT_CLUSTER }: OperationParts, caller: OperationCaller) {
    this.ports = ports
    this.payloads = payloads
    this.call = new OperationCall(caller, cluster)
    this.loaders = createLoaders(ports, this.call)
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

  get resumeAfter(): string | undefined {
    return this.#caller.resumeAfter
  }
}

/** Makes one context per operation: operations share no loaded data. */
export const createContext =
  (parts: OperationParts): ((caller?: OperationCaller) => GraphQLContext) =>
  (caller = {}) =>
    new OperationContext(parts, caller)
