import type { ServerResponse } from 'node:http'
import { commonHeaders } from './common-headers.ts'
import type { Engine } from './engine.ts'
import type { Answer } from './execute/answer.ts'
import type { AnswerBody } from './execute/answer-writer.ts'
import type { GraphQLParams } from './graphql-params.ts'
import { sendPieces } from './send-pieces.ts'

/** Answers a query or mutation; false when it is left to Yoga: nothing has been executed or counted then. */
export type QuickAnswer = (response: ServerResponse, params: GraphQLParams, asker: Asker) => Promise<boolean>

/** The client of a request: how to notice that it left, the allowed foreign origin of its page, and the Accept that counts. */
interface Asker {
  /** Aborts what is under way when the client goes. */
  readonly gone: AbortController
  readonly crossOrigin: string | null
  readonly accept: string | undefined
}

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

/** Calls back once when the client is gone or has everything. An answer that stands behind others hears of that from its socket only. */
const whenOver = (response: ServerResponse, onOver: () => void): void => {
  const { socket } = response.req
  const over = () => {
    response.off('close', over)
    socket.off('close', over)
    onOver()
  }
  response.on('close', over)
  socket.setMaxListeners(0).on('close', over)
  if (response.destroyed || socket.destroyed) over()
}

/** One list: headers that are set one by one, and again in an object, cost 2 µs more. */
const headersOf = (crossOrigin: string | null, type: string, bytes: number): string[] => [
  ...commonHeaders(crossOrigin),
  ...['Content-Type', type, 'Content-Length', String(bytes)],
]

const sendLarge = async (
  response: ServerResponse,
  body: Extract<AnswerBody, { readonly pieces: readonly Buffer[] }>,
  headers: string[],
  { permit }: Answer,
): Promise<void> => {
  permit.sending(() => response.destroy())
  whenOver(response, () => permit.giveBack())
  response.writeHead(200, headers)
  await sendPieces(response, body.pieces)
  response.end()
}

/**
 * Whatever can be executed is answered without Yoga, whose fetch objects cost a third of a produce, and whose answers are one string each.
 * What needs a status of its own, from a syntax error to a variable of the wrong type, is Yoga's.
 */
export const createQuickAnswer =
  ({ createContext, documents, metrics, answers }: Engine): QuickAnswer =>
  async (response, params, { gone, crossOrigin, accept }) => {
    const type = TYPES.get(accept)
    const { document } = documents(params.query)
    if (type === undefined || document === undefined) return false
    const operation = answers.readyOperation(document, params.operationName)
    if (operation === undefined || operation.kind === 'subscription') return false
    // A mutation needs a POST: Yoga says so.
    if (operation.kind === 'mutation' && response.req.method === 'GET') return false
    const coercedVariables = operation.variablesOf(params.variables ?? {})
    if (coercedVariables === undefined) return false
    metrics.operationStarted('http', operation.kind)
    const answer = await answers.execute({
      document,
      operationName: params.operationName,
      contextValue: createContext(gone),
      coercedVariables,
      caller: gone,
    })
    const written = answers.write(answer)
    const body = 'then' in written ? await written : written
    if (body.pieces !== undefined) {
      await sendLarge(response, body, headersOf(crossOrigin, type, body.bytes), answer)
      return true
    }
    answer.permit.giveBack()
    response.writeHead(200, headersOf(crossOrigin, type, Buffer.byteLength(body.text)))
    response.end(body.text)
    return true
  }
