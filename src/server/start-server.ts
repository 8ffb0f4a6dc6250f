import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { ExecutionResult, GraphQLSchema } from 'graphql'
import { Turns } from '../async/turns.ts'
import type { Logger } from '../kafka/logger.ts'
import type { Metrics } from '../observe/metrics.ts'
import { createGraphiQL } from './assets/graphiql.ts'
import type { GraphiQLTab } from './assets/graphiql-tabs.ts'
import { createQuickAnswer } from './fast-path/quick-answer.ts'
import { GRAPHQL_PATH, handleRequest, type Routes } from './handle-request.ts'
import { handleUpgrade } from './handle-upgrade.ts'
import { type ConnectionLimit, createConnectionLimit } from './http/connection-limit.ts'
import { asksForWebSocket, ignoreUpgrade } from './http/ignored-upgrade.ts'
import { createRefusals } from './http/refusals.ts'
import { createAnswerOverHttp } from './http/yoga.ts'
import { ListenProblem } from './listen-problem.ts'
import { createDocuments } from './pipeline/documents/documents.ts'
import { createToClientError } from './pipeline/errors/client-error.ts'
import { createAnswers } from './pipeline/execute/create-answers.ts'
import { type CreateContext, kindOf, toClientResult } from './pipeline/operation.ts'
import { createPipeline } from './pipeline/pipeline.ts'
import { LargeEvents } from './pipeline/results/large-events.ts'
import { createSubscribe } from './pipeline/subscribe/subscription.ts'
import { createProbes, type Readiness } from './probes/probes.ts'
import { SendBudget } from './sending/send-budget.ts'
import { leave } from './shutdown.ts'
import { createEventStreams } from './sse/sse.ts'
import { createSockets } from './websocket/websocket.ts'

/** Limits of a server; the settings table has their defaults. */
interface ServerLimits {
  readonly maxRequestBytes: number
  readonly requestTimeoutMs: number
  readonly httpIdleMs: number
  readonly maxSockets: number
  readonly maxOperationsPerSocket: number
  readonly socketBufferBytes: number
  readonly socketBufferTotalBytes: number
  readonly slowSubscriberMs: number
  readonly sharedResultBytes: number
  readonly keepAliveMs: number
  readonly connectionInitTimeoutMs: number
  readonly shutdownGraceMs: number
  readonly maxQueryDepth: number
  readonly maxQueryFields: number
  readonly maxQueryTokens: number
  readonly maxResponseBytes: number
  readonly documentCacheEntries: number
  readonly documentCacheBytes: number
}

/** What a server serves, where and to whom. It does not depend on Kafka. */
export interface ServerOptions {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  readonly allowedOrigins: readonly string[]
  readonly allowedHosts: readonly string[]
  readonly schema: GraphQLSchema
  readonly createContext: CreateContext
  readonly readiness: Readiness
  /** Ends the sources of all subscriptions at shutdown. */
  readonly endSources: () => Promise<void>
  readonly tabs: readonly GraphiQLTab[]
  readonly limits: ServerLimits
  /** The most connections at once, of every kind. No limit by default. */
  readonly maxConnections?: number
  readonly metrics: Metrics
  readonly logger: Logger
}

/** A server that listens until disposed. */
export interface RunningServer extends AsyncDisposable {
  /** The endpoint, such as http://127.0.0.1:4000/graphql. */
  readonly url: string
  readonly port: number
  /** Shuts down: not ready, WebSockets, sources, HTTP. Repeated calls share one shutdown. */
  close(): Promise<void>
}

const listen = async (server: Server, host: string, port: number): Promise<number> => {
  server.listen({ host, port })
  try {
    await once(server, 'listening')
  } catch (thrown) {
    throw new ListenProblem(host, port, thrown)
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

const urlOf = (host: string, port: number): string => {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `http://${name}:${port}${GRAPHQL_PATH}`
}

/** The parts of one server, wired together. */
const compose = (options: ServerOptions, isLeaving: () => boolean, connections: ConnectionLimit) => {
  const { limits, logger, metrics, schema, createContext } = options
  const turns = new Turns()
  const documents = createDocuments(
    schema,
    { maxDepth: limits.maxQueryDepth, maxFields: limits.maxQueryFields, maxTokens: limits.maxQueryTokens },
    { maxEntries: limits.documentCacheEntries, maxBytes: limits.documentCacheBytes },
    turns,
  )
  const toClientError = createToClientError(logger)
  const patienceMs = limits.slowSubscriberMs
  const toClient = (result: ExecutionResult) => toClientResult(result, toClientError)
  const subscribe = createSubscribe(limits, new LargeEvents({ turns, patienceMs, toClientResult: toClient }))
  const answers = createAnswers({ schema, maxBytes: limits.maxResponseBytes, patienceMs, turns, toClientError })
  const stages = { documents, answers, subscribe, turns }
  const pipeline = createPipeline({ ...stages, schema, createContext, toClientError, metrics })
  const bounds = {
    bufferBytes: limits.socketBufferBytes,
    stallMs: limits.slowSubscriberMs,
    keepAliveMs: limits.keepAliveMs,
  }
  const refusals = createRefusals(metrics, logger)
  const budget = new SendBudget(limits.socketBufferTotalBytes)
  const rules = {
    boundHost: options.host,
    allowedOrigins: options.allowedOrigins,
    allowedHosts: options.allowedHosts,
  }
  const sockets = createSockets(
    pipeline,
    {
      ...bounds,
      maxSockets: limits.maxSockets,
      maxMessageBytes: limits.maxRequestBytes,
      maxOperations: limits.maxOperationsPerSocket,
      connectionInitTimeoutMs: limits.connectionInitTimeoutMs,
    },
    budget,
    logger,
  )
  const routes: Routes = {
    rules,
    refusals,
    connections,
    probes: createProbes(() => (isLeaving() ? ['this server is shutting down'] : options.readiness()), metrics),
    graphiql: createGraphiQL(options.tabs),
    eventStreams: createEventStreams(pipeline, { ...bounds, maxStreams: limits.maxSockets }, budget, isLeaving),
    isSubscription: params => {
      const { document } = documents.check(params)
      return document !== undefined && kindOf(document, params.operationName) === 'subscription'
    },
    quickAnswer: createQuickAnswer(pipeline),
    answerOverHttp: createAnswerOverHttp(pipeline),
    documents,
    turns,
    maxBodyBytes: limits.maxRequestBytes,
    metrics,
    logger,
  }
  return { routes, sockets, upgrades: { rules, connections, sockets, refusals, isLeaving } }
}

/** Listens. @throws ListenProblem when the address is not available. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  let leaving: Promise<void> | undefined
  const connections = createConnectionLimit(options.maxConnections ?? Number.POSITIVE_INFINITY, options.logger)
  const { routes, sockets, upgrades } = compose(options, () => leaving !== undefined, connections)
  const { requestTimeoutMs, httpIdleMs, shutdownGraceMs, slowSubscriberMs } = options.limits
  const http = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 4),
      keepAlive: true,
      keepAliveTimeout: httpIdleMs,
    },
    (request, response) => {
      // Otherwise a busy client would keep using this connection and delay the shutdown.
      if (leaving !== undefined) response.shouldKeepAlive = false
      void handleRequest(request, response, routes)
    },
  )
  connections.watch(http)
  // A slow event stream ends earlier, and its client has the same time again to read the error.
  http.setTimeout(Math.max(2 * slowSubscriberMs, requestTimeoutMs))
  http.on('upgrade', (request, transport, head) => {
    if (!asksForWebSocket(request) && ignoreUpgrade(http, request, transport, head)) return
    handleUpgrade(request, transport, head, upgrades)
  })
  const port = await listen(http, options.host, options.port).catch(async (thrown: unknown) => {
    await sockets.close(0)
    throw thrown
  })
  const close = () => {
    leaving ??= leave({ http, sockets, endSources: options.endSources, graceMs: shutdownGraceMs })
    return leaving
  }
  return { url: urlOf(options.host, port), port, close, [Symbol.asyncDispose]: close }
}
