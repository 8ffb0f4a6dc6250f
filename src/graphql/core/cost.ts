import type { GraphQLLimits } from './limits.ts'

/** The cost of a field, besides the values of its result. Read when a schema is built or an operation begins, never for each message. */
export interface FieldCost {
  /** The field sends its own request to Kafka, or scans all topics or groups, each time it is selected. */
  readonly asksKafka?: boolean
  /** The field can send its own request to the schema registry, each time it is selected. */
  readonly asksRegistry?: boolean
  /** Work for each byte of the payload that the field renders: 1 to copy text, 4 to parse JSON. */
  readonly workPerByte?: number
  /** Which bytes of a message the field returns. Fields with the same value return the same bytes. */
  readonly payload?: 'key' | 'value' | 'header'
  /** The longest list that a mutation accepts. Default: the largest page. */
  readonly mostItems?: (limits: GraphQLLimits) => number
}

// Fields and types state their cost at their definition, in `extensions`.
declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    readonly cost?: FieldCost
    /** Throws for arguments that would fail for each message. A subscription is then refused before it starts. */
    readonly checkArguments?: (args: Readonly<Record<string, unknown>>) => void
  }

  interface GraphQLObjectTypeExtensions<_TSource, _TContext> {
    /** The type is part of a stream of messages. Batches have their own bounds, and nothing may wrap its resolvers. */
    readonly isStreamed?: boolean
  }

  interface GraphQLInterfaceTypeExtensions {
    /** The interface is that of mutation payloads, whose lists report what was done. */
    readonly isMutationPayload?: boolean
  }
}
