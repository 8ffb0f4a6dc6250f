import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Turns } from '../async/turns.ts'
import type { Logger } from '../kafka/logger.ts'
import type { ServerMetrics } from '../observe/metrics.ts'
import { GRAPHIQL_PATH, type GraphiQL } from './assets/graphiql.ts'
import type { QuickAnswer } from './fast-path/quick-answer.ts'
import { acceptedType, acceptsEvents } from './http/accept.ts'
import { answerProblem, answerText, RequestProblem } from './http/answers.ts'
import { setCommonHeaders } from './http/common-headers.ts'
import { type ConnectionLimit, tooManyConnections } from './http/connection-limit.ts'
import { answerPreflight } from './http/cors.ts'
import { lostItsUpgrade, strippedUpgradeProblem } from './http/ignored-upgrade.ts'
import { itsTurn } from './http/its-turn.ts'
import { checkAccess, type OriginRules, type Refusal } from './http/origin.ts'
import { readGraphQLParams } from './http/read-graphql-params.ts'
import type { Refusals } from './http/refusals.ts'
import type { AnswerOverHttp } from './http/yoga.ts'
import type { Documents } from './pipeline/documents/documents.ts'
import type { GraphQLParams } from './pipeline/graphql-params.ts'
import type { Probe } from './probes/probes.ts'
import type { EventStreams } from './sse/sse.ts'

/** The only path of the API. */
export const GRAPHQL_PATH = '/graphql'

/** The handlers of all paths. */
export interface Routes {
  readonly rules: OriginRules
  readonly refusals: Refusals
  readonly connections: ConnectionLimit
  readonly probes: ReadonlyMap<string, Probe>
  readonly graphiql: GraphiQL
  readonly eventStreams: EventStreams
  readonly isSubscription: (params: GraphQLParams) => boolean
  readonly quickAnswer: QuickAnswer
  readonly answerOverHttp: AnswerOverHttp
  readonly documents: Documents
  readonly turns: Turns
  readonly maxBodyBytes: number
  readonly metrics: ServerMetrics
  readonly logger: Logger
}

/** The path of a request, without its query. */
export const pathOf = (url = ''): string => {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}

/**
 * Some clients (urql) accept an event stream with every request. A client that also accepts JSON gets a stream for
 * subscriptions only.
 */
const wantsEvents = ({ headers: { accept = '' } }: IncomingMessage, isSubscription: () => boolean): boolean =>
  acceptsEvents(accept) && (!/json|\*\/\*/i.test(accept) || isSubscription())

/**
 * Aborts when the client leaves before its response. Aborting costs a stack trace, so a finished response never aborts.
 */
const callerOf = (response: ServerResponse): AbortController => {
  const gone = new AbortController()
  response.on('close', () => response.writableFinished || gone.abort())
  return gone
}

/** Reads the parameters. A large document is then already checked, in several turns of the event loop. */
const readParams = async (request: IncomingMessage, routes: Routes): Promise<GraphQLParams> => {
  const params = await readGraphQLParams(request, routes.maxBodyBytes, routes.turns)
  const checking = routes.documents.prepare(params)
  if (checking !== undefined) await checking
  return params
}

const answerGraphQL = async (response: ServerResponse, crossOrigin: string | null, routes: Routes): Promise<void> => {
  const request = response.req
  if (lostItsUpgrade(request)) {
    routes.refusals.noteStrippedUpgrade()
    throw strippedUpgradeProblem()
  }
  if (routes.graphiql.wants(request)) return routes.graphiql.answerPage(response)
  if (request.headers['sec-fetch-mode'] === 'navigate')
    throw new RequestProblem(406, 'BAD_REQUEST', 'This address serves GraphiQL to browsers as HTML only.')
  await itsTurn(response)
  if (request.socket.destroyed) return
  const gone = callerOf(response)
  await answerParams(response, await readParams(request, routes), { gone, crossOrigin }, routes)
}

const answerParams = async (
  response: ServerResponse,
  params: GraphQLParams,
  asker: { readonly gone: AbortController; readonly crossOrigin: string | null },
  routes: Routes,
): Promise<void> => {
  if (wantsEvents(response.req, () => routes.isSubscription(params)))
    return routes.eventStreams.answer(response, params)
  const type = acceptedType(response.req.headers.accept)
  if (type === null)
    throw new RequestProblem(406, 'BAD_REQUEST', 'Responses are application/json or application/graphql-response+json.')
  if (await routes.quickAnswer(response, params, { ...asker, accept: type })) return
  // Yoga ignores weights.
  response.req.headers.accept = type
  await routes.answerOverHttp(response.req, response, { arrived: params, signal: asker.gone.signal })
}

/** The common case first, before any work that only other requests need. */
const answerPost = async (response: ServerResponse, crossOrigin: string | null, routes: Routes): Promise<void> => {
  const turn = itsTurn(response)
  if (turn !== undefined) await turn
  if (response.req.socket.destroyed) return
  const gone = callerOf(response)
  const params = await readParams(response.req, routes)
  const asker = { gone, crossOrigin }
  if (await routes.quickAnswer(response, params, { ...asker, accept: response.req.headers.accept })) return
  setCommonHeaders(response, crossOrigin)
  await answerParams(response, params, asker, routes)
}

const isReadRequest = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

/** Routes by exact path. Returns the name of the route, for the metrics. */
const route = async (response: ServerResponse, crossOrigin: string | null, routes: Routes): Promise<void> => {
  const request = response.req
  const path = pathOf(request.url)
  const isRead = isReadRequest(request)
  const probe = routes.probes.get(path)
  if (path === GRAPHQL_PATH) return answerGraphQL(response, crossOrigin, routes)
  if (probe && isRead) return probe.answer(response, true)
  if (path.startsWith(GRAPHIQL_PATH) && isRead) return routes.graphiql.answerAsset(path, request, response)
  answerText(response, 404, `There is nothing at this path: the API and GraphiQL are at ${GRAPHQL_PATH}.`)
}

const routeName = (path: string, probes: Routes['probes']): string => {
  if (path === GRAPHQL_PATH || probes.has(path)) return path
  return path.startsWith(GRAPHIQL_PATH) ? GRAPHIQL_PATH : 'other'
}

const answerFailure = (response: ServerResponse, thrown: unknown, logger: Logger): void => {
  const isGone = response.destroyed || response.writableEnded
  if (!(thrown instanceof RequestProblem) && !isGone) logger.error({ err: thrown }, 'a request could not be answered')
  if (isGone) return
  if (response.headersSent) response.destroy()
  else if (thrown instanceof RequestProblem) answerProblem(response, thrown)
  else answerProblem(response, new RequestProblem(500, 'INTERNAL_SERVER_ERROR', 'Unexpected error.'))
}

/**
 * Closes the connection of a client that takes no byte of its response: the server would hold the response for as long
 * as the client likes.
 */
const cutUnread = (transport: Socket): void => {
  if (transport.writableLength > 0) transport.destroy()
}

const measure = (request: IncomingMessage, response: ServerResponse, { metrics, probes }: Routes): void => {
  const began = performance.now()
  const name = routeName(pathOf(request.url), probes)
  response.on('close', () => metrics.requestAnswered(name, response.statusCode, (performance.now() - began) / 1000))
}

const isPost = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'POST' && pathOf(url) === GRAPHQL_PATH && headers['sec-fetch-mode'] !== 'navigate'

/** Answers a refused request: 403, or the bare status for a probe under a foreign host name. */
const answerRefused = (response: ServerResponse, refusal: Refusal, routes: Routes): Promise<void> | void => {
  const request = response.req
  const probe = refusal.reason === 'host' && isReadRequest(request) ? routes.probes.get(pathOf(request.url)) : undefined
  if (probe?.isForEveryHost) {
    setCommonHeaders(response, null)
    return probe.answer(response, false)
  }
  routes.refusals.note(refusal, request)
  throw new RequestProblem(403, 'FORBIDDEN', refusal.message)
}

/** Answers one HTTP request. Checks its origin before reading any of it. */
export const handleRequest = async (
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes,
): Promise<void> => {
  measure(request, response, routes)
  response.on('timeout', cutUnread)
  let crossOrigin: string | null = null
  try {
    const access = checkAccess(request, routes.rules)
    if (!access.allowed) return await answerRefused(response, access, routes)
    crossOrigin = access.crossOrigin
    if (routes.connections.isBeyond(request.socket) && !routes.probes.has(pathOf(request.url)))
      throw tooManyConnections()
    if (isPost(request)) return await answerPost(response, crossOrigin, routes)
    setCommonHeaders(response, crossOrigin)
    if (request.method === 'OPTIONS') return answerPreflight(response, crossOrigin)
    await route(response, crossOrigin, routes)
  } catch (thrown) {
    if (!response.headersSent) setCommonHeaders(response, crossOrigin)
    answerFailure(response, thrown, routes.logger)
  }
}
