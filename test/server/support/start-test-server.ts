import { GraphQLError } from 'graphql'
import { createSchema } from 'graphql-yoga'
import { type ErrorCode, KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { Logger } from '../../../src/kafka/logger.ts'
import { silentLogger } from '../../../src/kafka/logger.ts'
import { createMetrics, type Metrics } from '../../../src/observe/metrics.ts'
import { type RunningServer, type ServerOptions, startServer } from '../../../src/server/start-server.ts'
import { type CountedSources, createCountedSources } from './counted-sources.ts'

const typeDefs = /* GraphQL */ `
  type Query {
    hello(name: String): String
    self: Query
    fails: String
    kafkaFails: String
    refuses: String
    failsHard: String!
    wait: String
  }
  type Mutation {
    write(text: String!): Int!
  }
  type Subscription {
    count(to: Int = 1000000, ends: Boolean = true, text: String): Counted
    opens: Int
    breaks: Int
    kafkaBreaks: Int
    "Letters from the one after the cursor on; their cursors are the letters."
    letters(after: String = "", fails: String): String
    refuses(code: String!): Int
  }
  type Counted {
    number: Int!
    text: String
  }
`

/** A server with its own small schema, and the state that tests check. */
export interface TestServer extends RunningServer {
  readonly origin: string
  readonly socketUrl: string
  readonly sources: CountedSources
  readonly metrics: Metrics
  /** Values written by mutations. */
  readonly written: readonly string[]
  /** Operations whose signal was aborted because no client waits any more. */
  readonly aborted: number
}

/** Limits that tests override where needed. */
const testLimits: ServerOptions['limits'] = {
  maxRequestBytes: 2 * 1024 * 1024,
  requestTimeoutMs: 30_000,
  httpIdleMs: 5_000,
  maxSockets: 100,
  maxOperationsPerSocket: 5,
  socketBufferBytes: 128 * 1024,
  socketBufferTotalBytes: 64 << 20,
  slowSubscriberMs: 30_000,
  sharedResultBytes: 1 << 20,
  keepAliveMs: 5_000,
  connectionInitTimeoutMs: 3_000,
  shutdownGraceMs: 2_000,
  maxQueryDepth: 20,
  maxQueryFields: 1000,
  maxQueryTokens: 10_000,
  maxResponseBytes: 32 * 1024 * 1024,
  documentCacheEntries: 100,
  documentCacheBytes: 1024 * 1024,
}

const breakAfterOne = (failure: Error): AsyncIterableIterator<number> => {
  let count = 0
  return {
    next: async () => {
      if (++count > 1) throw failure
      return { done: false, value: count }
    },
    return: async () => ({ done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const waitFor = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const giveUp = () => reject(new Error('aborted'))
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
  })

interface Context {
  readonly signal: AbortSignal
  readonly resumeAfter?: string | undefined
}

/** Three letters, and then the end or a failure. */
const lettersAfter = (after: string, fails: string | undefined) => {
  let last = after
  const source = {
    get cursor() {
      return last === '' ? 'start' : last
    },
    next: async (): Promise<IteratorResult<string>> => {
      const letter = 'abc'[last.length === 1 ? 'abc'.indexOf(last) + 1 : 0]
      if (letter === undefined && fails !== undefined) throw new KafkaError(fails as ErrorCode)
      if (letter === undefined) return { done: true, value: undefined }
      last = letter
      return { done: false, value: letter }
    },
    return: async () => ({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => source,
  }
  return source
}

const createTestSchema = (sources: CountedSources, written: string[]) =>
  createSchema<Context>({
    typeDefs,
    resolvers: {
      Query: {
        hello: (_root, { name }: { name?: string }) => `hello ${name ?? 'world'}`,
        self: () => ({}),
        fails: () => {
          throw new Error('the secret of the house')
        },
        failsHard: () => {
          throw new Error('the secret of the house')
        },
        kafkaFails: () => {
          throw new KafkaError('OFFSET_OUT_OF_RANGE', null, { details: { earliestOffset: 5n } })
        },
        refuses: () => {
          throw new GraphQLError('No.', { extensions: { code: 'BAD_USER_INPUT' } })
        },
        wait: (_root, _args, { signal }) => waitFor(signal),
      },
      Mutation: { write: (_root, { text }: { text: string }) => written.push(text) },
      Subscription: {
        count: {
          subscribe: (_root, { to, ends, text }: { to: number; ends: boolean; text?: string }) =>
            sources.create({ count: to, ends, text }),
          resolve: (counted: object) => counted,
        },
        letters: {
          subscribe: (_root, { after, fails }: { after: string; fails?: string }, { resumeAfter }) =>
            lettersAfter(resumeAfter ?? after, fails),
          resolve: (letter: string) => letter,
        },
        refuses: {
          subscribe: (_root, { code }: { code: ErrorCode }) => {
            throw new KafkaError(code)
          },
        },
        opens: { subscribe: (_root, _args, { signal }) => waitFor(signal) },
        breaks: { subscribe: () => breakAfterOne(new Error('the secret of the house')), resolve: (n: number) => n },
        kafkaBreaks: {
          subscribe: () => breakAfterOne(new KafkaError('TOPIC_DELETED', null, { details: { cursor: 'c' } })),
          resolve: (n: number) => n,
        },
      },
    },
  })

/** Starts a server on a free loopback port. */
export const startTestServer = async (
  options: Partial<Omit<ServerOptions, 'limits'>> & { readonly limits?: Partial<ServerOptions['limits']> } = {},
): Promise<TestServer> => {
  const sources = createCountedSources()
  const written: string[] = []
  const metrics = createMetrics()
  let aborted = 0
  const createContext = ({ signal, resumeAfter }: Context) => {
    signal.addEventListener('abort', () => (aborted += 1), { once: true })
    return { signal, resumeAfter }
  }
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    allowedOrigins: [],
    allowedHosts: [],
    schema: createTestSchema(sources, written),
    createContext,
    readiness: () => [],
    endSources: () => sources.endAll(),
    tabs: [],
    metrics,
    logger: silentLogger,
    ...options,
    limits: { ...testLimits, ...options.limits },
  })
  const origin = new URL(server.url).origin
  return {
    ...server,
    origin,
    socketUrl: server.url.replace('http', 'ws'),
    sources,
    metrics,
    written,
    get aborted() {
      return aborted
    },
  }
}

/** A logger that keeps its lines. */
export const collectingLogger = (): Logger & { readonly lines: readonly Record<string, unknown>[] } => {
  const lines: Record<string, unknown>[] = []
  const add = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ level, message, ...fields })
  return { lines, debug: add('debug'), info: add('info'), warn: add('warn'), error: add('error') }
}
