import type { MessageStreams } from '../kafka/message-streams.ts'
import type { Catalog, MessageSink, TopicAdmin } from '../kafka/ports.ts'
import type { GraphQLLimits } from './limits.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** Kafka as the resolvers see it: guarded and metered before it comes here. */
export interface GraphQLPorts {
  readonly catalog: Catalog
  readonly topicAdmin: TopicAdmin
  readonly sink: MessageSink
  readonly streams: MessageStreams
}

/** What every resolver of one operation shares. */
export interface GraphQLContext extends GraphQLPorts {
  readonly loaders: Loaders
  readonly limits: GraphQLLimits
  /** Aborts when nobody waits for the operation any more. */
  readonly signal?: AbortSignal
}

/** Makes one context an operation: what one operation has loaded, no other one sees. */
export const createContext =
  (ports: GraphQLPorts, limits: GraphQLLimits): ((signal?: AbortSignal) => GraphQLContext) =>
  signal => {
    const options = signal ? { signal } : {}
    return {
      catalog: ports.catalog,
      topicAdmin: ports.topicAdmin,
      sink: ports.sink,
      streams: ports.streams,
      loaders: createLoaders(ports.catalog, options),
      limits,
      ...options,
    }
  }
