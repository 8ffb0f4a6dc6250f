import type { DocumentNode, GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import { Turns } from '../../../async/turns.ts'
import { type CheckedDocument, checkInSteps, LARGE_TOKENS } from './check-document.ts'
import type { DocumentLimits } from './limits.ts'

/** How many documents are kept, and how large they may be together. */
export interface DocumentCacheLimits {
  readonly maxEntries: number
  readonly maxBytes: number
}

/**
 * Parses and validates, the same for every transport. Valid documents are cached. A refused one is kept for its own request,
 * which the fast path, event streams and Yoga may all look at: pass the same object each time.
 */
export interface Documents {
  check(request: Requested): CheckedDocument
  /**
   * For a large document that is not known yet: checks it in several turns of the event loop. `check` then finds the result.
   * Undefined when there is nothing to wait for.
   */
  prepare(request: Requested): Promise<void> | undefined
}

/** A request for a document. */
interface Requested {
  readonly query: string
}

/** Measured memory of a parsed document and its plans, for each token. */
const BYTES_A_TOKEN = 300

const bytesOf = (source: string, { tokenCount = 0 }: DocumentNode): number =>
  source.length * 2 + tokenCount * BYTES_A_TOKEN

/** Characters from which a source may have so many tokens. */
const LARGE_SOURCE = 3 * LARGE_TOKENS

const allSteps = (steps: Generator<undefined, CheckedDocument>): CheckedDocument => {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

const inTurns = async (steps: Generator<undefined, CheckedDocument>, turns: Turns): Promise<CheckedDocument> => {
  let step = await turns.inTurn(() => steps.next())
  while (!step.done) step = await turns.inTurn(() => steps.next())
  return step.value
}

/** One cache of documents for all transports. Refused documents are not in it: they would evict documents in use. */
export const createDocuments = (
  schema: GraphQLSchema,
  limits: DocumentLimits,
  { maxEntries, maxBytes }: DocumentCacheLimits,
  turns = new Turns(),
): Documents => {
  const cache = new LRUCache<string, CheckedDocument>({ max: maxEntries, maxSize: maxBytes })
  const byRequest = new WeakMap<Requested, CheckedDocument>()
  const keep = (request: Requested, result: CheckedDocument): CheckedDocument => {
    const { query } = request
    if (result.document) cache.set(query, result, { size: bytesOf(query, result.document) })
    byRequest.set(request, result)
    return result
  }
  const kept = (request: Requested) => cache.get(request.query) ?? byRequest.get(request)
  return {
    check: request => kept(request) ?? keep(request, allSteps(checkInSteps(schema, request.query, limits))),
    prepare: request => {
      if (request.query.length < LARGE_SOURCE || kept(request)) return undefined
      return inTurns(checkInSteps(schema, request.query, limits), turns).then(result => void keep(request, result))
    },
  }
}
