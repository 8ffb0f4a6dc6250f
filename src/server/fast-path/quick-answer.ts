import type { ServerResponse } from 'node:http'
import { commonHeaders } from '../http/common-headers.ts'
import { isLargeDocument } from '../pipeline/documents/check-document.ts'
import type { Answer } from '../pipeline/execute/answer/answer.ts'
import type { AnswerBody } from '../pipeline/execute/answer-writer.ts'
import type { GraphQLParams } from '../pipeline/graphql-params.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { sendPieces } from '../sending/send-pieces.ts'

/** Answers a query or mutation. False when the request is left to Yoga: then nothing has been executed or counted. */
export type QuickAnswer = (response: ServerResponse, params: GraphQLParams, asker: Asker) => Promise<boolean>

/** The client of a request: its abort signal, the allowed foreign origin of its page, and its Accept header. */
interface Asker {
  /** Aborts running work when the client leaves. */
  readonly gone: AbortController
  readonly crossOrigin: string | null
  readonly accept: string | undefined
}

const JSON_TYPE = 'application/json; charset=utf-8'
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8'

/** The Accept headers that most clients send, and the type that Yoga chooses for each. */
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
 * Calls back once when the client has left or has the whole response. A response queued behind others gets that event
 * only from its socket.
 */
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

/** One list: setting headers one by one, and again in an object, costs 2 µs more. */
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
 * Answers every executable operation without Yoga. Yoga's fetch objects cost a third of a produce, and it holds each
 * response as one string. Yoga answers everything that needs its own status, from a syntax error to a variable of the
 * wrong type.
 */
export const createQuickAnswer =
  ({ createContext, documents, metrics, answers, turns }: Pipeline): QuickAnswer =>
  async (response, params, { gone, crossOrigin, accept }) => {
    const type = TYPES.get(accept)
    const { document } = documents.check(params)
    if (type === undefined || document === undefined) return false
    const takesTurns = params.isLarge === true || isLargeDocument(document)
    if (takesTurns) await turns.inTurn(() => answers.readyOperation(document, params.operationName))
    const operation = answers.readyOperation(document, params.operationName)
    if (operation === undefined || operation.kind === 'subscription') return false
    // A mutation needs a POST: Yoga reports that.
    if (operation.kind === 'mutation' && response.req.method === 'GET') return false
    const coerce = () => operation.variablesOf(params.variables ?? {})
    const coercedVariables = takesTurns ? await turns.inTurn(coerce) : coerce()
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
