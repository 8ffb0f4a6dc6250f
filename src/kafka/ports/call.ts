import { DEFAULT_CLUSTER } from '../cluster-name.ts'

/** Who makes a call. */
export interface Principal {
  /** As Kafka writes it, such as `User:alice`. */
  readonly name: string
  /** Equal for principals that may see exactly the same: a result is shared only within one visibility. */
  readonly visibility: string
}

/** The place of a call in a distributed trace: the two headers of W3C Trace Context. */
export interface Trace {
  readonly traceparent: string
  readonly tracestate?: string | undefined
}

/**
 * The context of a port call. Every port method takes one as its first parameter and passes it on whole. The parameters after
 * it are the request.
 */
export interface Call {
  /** The name of the cluster that the call goes to. */
  readonly cluster: string
  /** Aborts when nobody waits for the result any more. Without it the call runs to its end. */
  readonly signal?: AbortSignal | undefined
  /** The time after which nobody wants the result, ms of `performance.now()`. A port's own limit applies if it is earlier. */
  readonly deadline?: number | undefined
  /** Who makes the call. Default: the program itself. */
  readonly principal?: Principal | undefined
  readonly trace?: Trace | undefined
}

/** Options of `ownCall`. */
export interface OwnCallOptions {
  /** Default: DEFAULT_CLUSTER. */
  readonly cluster?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * A call that the program makes itself. Work that several callers share runs under such a call: it has no principal, and no
 * caller's signal ends it for the others.
 */
export const ownCall = ({ cluster = DEFAULT_CLUSTER, signal }: OwnCallOptions = {}): Call => ({ cluster, signal })

/** The same call without its signal. Changes use it: once begun, a change is carried out even if its client leaves. */
export const uninterrupted = ({ cluster, deadline, principal, trace }: Call): Call => ({
  cluster,
  deadline,
  principal,
  trace,
})
