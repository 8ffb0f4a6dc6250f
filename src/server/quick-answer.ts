import type { IncomingMessage, ServerResponse } from 'node:http'
import { execute } from 'graphql'
import type { Engine } from './engine.ts'
import type { GraphQLParams } from './graphql-params.ts'
import { type Caller, executionArgs, kindOf, toClientResult } from './operation.ts'

/** Answers a query or mutation; false when it is left to Yoga: nothing has been executed or counted then. */
export type QuickAnswer = (
  request: IncomingMessage,
  response: ServerResponse,
  params: GraphQLParams,
  caller: Caller,
) => Promise<boolean>

const JSON_TYPE = 'application/json; charset=utf-8'
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8'

/** What clients send as Accept nearly always, and the type that Yoga chooses for each. */
const TYPES: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['application/json, text/plain, */*', JSON_TYPE],
  ['application/json, */*', JSON_TYPE],
  ['application/graphql-response+json', RESPONSE_TYPE],
  ['application/graphql-response+json, application/json', RESPONSE_TYPE],
  ['application/graphql-response+json,application/json;q=0.9', RESPONSE_TYPE],
])

/**
 * The common case without Yoga, whose fetch objects cost a third of a produce: a POST of a valid document with a plain Accept.
 * Whatever needs a status of its own, from a syntax error to a variable of the wrong type, is Yoga's.
 */
export const createQuickAnswer = ({
  schema,
  createContext,
  documents,
  toClientError,
  metrics,
}: Engine): QuickAnswer => {
  return async (request, response, params, caller) => {
    const type = TYPES.get(request.headers.accept)
    const { document } = documents(params.query)
    if (request.method !== 'POST' || type === undefined || document === undefined) return false
    const kind = kindOf(document, params.operationName)
    if (kind !== 'query' && kind !== 'mutation') return false
    const result = await execute(executionArgs(schema, document, params, createContext(caller)))
    // No data: the variables were refused before anything was executed.
    if (result.data === undefined) return false
    metrics.operationStarted('http', kind)
    const body = JSON.stringify(toClientResult(result, toClientError))
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
    response.end(body)
    return true
  }
}
