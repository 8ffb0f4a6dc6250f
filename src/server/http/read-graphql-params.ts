import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { Turns } from '../../async/turns.ts'
import { isHeavyJson, isLargeJson } from '../pipeline/documents/json-weight.ts'
import type { GraphQLParams } from '../pipeline/graphql-params.ts'
import { RequestProblem } from './answers.ts'

const bad = (message: string): RequestProblem => new RequestProblem(400, 'BAD_REQUEST', message)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A client that sends a hash first (Apollo, urql) knows this message, this code and this status, and sends the document then. */
const persistedQueryProblem = new RequestProblem(200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')

const checked = (params: unknown): GraphQLParams => {
  if (Array.isArray(params)) throw bad('Batching is not supported: send one operation a request.')
  if (!isRecord(params)) throw bad('The body must be a JSON object with "query".')
  const { query, operationName, variables, extensions } = params
  if (query === undefined && isRecord(extensions) && 'persistedQuery' in extensions) throw persistedQueryProblem
  if (typeof query !== 'string') throw bad('"query" must be given, as a string.')
  const hasName = operationName !== undefined && operationName !== null
  if (hasName && typeof operationName !== 'string') throw bad('"operationName" must be a string.')
  const hasVariables = variables !== undefined && variables !== null
  if (hasVariables && !isRecord(variables)) throw bad('"variables" must be an object.')
  if (extensions !== undefined && extensions !== null && !isRecord(extensions))
    throw bad('"extensions" must be an object.')
  return {
    query,
    ...(typeof operationName === 'string' && operationName !== '' ? { operationName } : {}),
    ...(isRecord(variables) ? { variables } : {}),
  }
}

const json = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw bad(`${what} is not valid JSON.`)
  }
}

const fromUrl = (url: string): GraphQLParams => {
  const at = url.indexOf('?')
  const given = new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
  const jsonOf = (name: string) => {
    const text = given.get(name)
    return text === null || text === '' ? undefined : json(text, `"${name}"`)
  }
  return checked({
    query: given.get('query') ?? undefined,
    operationName: given.get('operationName') ?? undefined,
    variables: jsonOf('variables'),
    extensions: jsonOf('extensions'),
  })
}

const tooLarge = (limit: number): RequestProblem =>
  new RequestProblem(
    413,
    'REQUEST_TOO_LARGE',
    `The body is larger than ${limit} bytes: send less at once, or raise MAX_REQUEST_BYTES.`,
  )

const tooHeavy = (): RequestProblem =>
  new RequestProblem(413, 'REQUEST_TOO_LARGE', 'The body holds too many JSON values: send fewer items at once.')

const joined = (chunks: readonly Buffer[]): Buffer => {
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)
}

/** By events: an async iterator over the request costs a tenth of a small one's answer. */
const readBody = (request: IncomingMessage, limit: number): Promise<string> =>
  new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) return reject(tooLarge(limit))
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= limit) return chunks.push(chunk)
      // The rest is not read; the refusal can still be written.
      request.pause().removeAllListeners('data')
      return reject(tooLarge(limit))
    })
    request.on('end', () => {
      const body = joined(chunks)
      if (isHeavyJson(body, limit)) return reject(tooHeavy())
      // Decoding would replace invalid bytes by "�", and a produce would silently write that.
      return isUtf8(body) ? resolve(body.toString('utf8')) : reject(bad('The body is not UTF-8.'))
    })
    request.on('error', reject)
    request.on(
      'close',
      () => request.complete || reject(new RequestProblem(400, 'BAD_REQUEST', 'The request ended early.')),
    )
  })

/** JSON only: a form of another page can send text, urlencoded and multipart bodies without asking the browser first. */
const isJson = (contentType: string | undefined): boolean =>
  contentType === 'application/json' || /^application\/json\s*(;\s*charset="?utf-?8"?\s*)?$/i.test(contentType ?? '')

/** A compressed body could be a thousand times what `maxBytes` allows. */
const isPlain = (encoding: string | undefined): boolean =>
  encoding === undefined || encoding === '' || encoding.toLowerCase() === 'identity'

/** The parameters of a request, from the URL of a GET or the JSON body of a POST. @throws RequestProblem 400, 405, 413 or 415. */
export const readGraphQLParams = async (
  request: IncomingMessage,
  maxBytes: number,
  turns: Turns,
): Promise<GraphQLParams> => {
  if (request.method === 'GET') return fromUrl(request.url ?? '')
  if (request.method !== 'POST')
    throw new RequestProblem(405, 'BAD_REQUEST', 'GraphQL takes GET and POST.', { Allow: 'GET, POST, OPTIONS' })
  if (!isJson(request.headers['content-type']))
    throw new RequestProblem(415, 'BAD_REQUEST', 'The body must be JSON in UTF-8 (Content-Type: application/json).')
  if (!isPlain(request.headers['content-encoding']))
    throw new RequestProblem(415, 'BAD_REQUEST', 'The body must not be compressed.', { 'Accept-Encoding': 'identity' })
  const body = await readBody(request, maxBytes)
  if (!isLargeJson(body.length)) return checked(json(body, 'The body'))
  return { ...checked(await turns.inTurn(() => json(body, 'The body'))), isLarge: true }
}
