import type { GraphQLLimits } from './limits.ts'

/** What a field costs beyond the values of its answer. Read when a schema is built or an operation begins, never for each message. */
export interface FieldCost {
  /** Asks Kafka a question of its own, or looks through all topics or groups, each time it is selected. */
  readonly asksKafka?: boolean
  /** Work for one byte of the payload that it renders: 1 to copy text, 4 to parse JSON. */
  readonly workPerByte?: number
  /** Which bytes of a message it gives: fields with the same word give the same ones. */
  readonly payload?: 'key' | 'value' | 'header'
  /** The most items in the list of a mutation. Default: as many as a page may have. */
  readonly mostItems?: (limits: GraphQLLimits) => number
}

// Fields and types state their cost at their definition, in `extensions`.
declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    readonly cost?: FieldCost
  }

  interface GraphQLObjectTypeExtensions<_TSource, _TContext> {
    /** Part of a stream of messages: batches have bounds of their own, and nothing wraps the resolvers. */
    readonly isStreamed?: boolean
  }

  interface GraphQLInterfaceTypeExtensions {
    /** Answers of mutations: the lists in them report what was done. */
    readonly isMutationPayload?: boolean
  }
}
