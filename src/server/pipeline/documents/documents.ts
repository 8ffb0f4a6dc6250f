import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql'
import { LRUCache } from 'lru-cache'
import { type DocumentLimits, documentSizeError } from './limits.ts'
import { conditionalRootErrors } from './subscription-root.ts'

/** A document that may be executed, or the reasons why not. */
type CheckedDocument =
  | { readonly document: DocumentNode; readonly errors?: undefined }
  | { readonly document?: undefined; readonly errors: readonly GraphQLError[] }

/** How many documents are kept, and how large they may be together. */
export interface DocumentCacheLimits {
  readonly maxEntries: number
  readonly maxBytes: number
}

/** Parses and validates, the same for every transport. Valid documents are cached. */
export type Documents = (source: string) => CheckedDocument

/** A complete list of errors would help somebody probing the schema more than somebody fixing a query. */
const MAX_ERRORS = 5

const withCode = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { code, ...error.extensions },
  })

/**
 * The parser recurses into nested lists and objects: 5,000 levels, far fewer than the tokens allowed, exhaust the
 * stack.
 */
const tooNested = (): GraphQLError =>
  new GraphQLError('The document is too large: lists and objects within each other are nested too deep.', {
    extensions: { code: 'QUERY_TOO_LARGE' },
  })

const validationErrors = (schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] => {
  // Must run before graphql's rules: one of them would blame the condition's variable.
  const conditionalRoots = conditionalRootErrors(document)
  const errors =
    conditionalRoots.length > 0
      ? conditionalRoots
      : validate(schema, document, specifiedRules, { maxErrors: MAX_ERRORS })
  return errors.slice(0, MAX_ERRORS)
}

const tooManyLines = (most: number): GraphQLError =>
  new GraphQLError(
    `The document is too large: it has more than ${most} lines, as many as tokens are allowed (MAX_QUERY_TOKENS).`,
    {
      extensions: { code: 'QUERY_TOO_LARGE' },
    },
  )

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** graphql finds an error's position by scanning all lines before it: 30 ms for a million lines, for each error. */
const hasMoreLinesThan = (source: string, most: number): boolean => {
  let lines = 1
  for (let index = 0; index < source.length && lines <= most; index++) {
    const code = source.charCodeAt(index)
    if (code === LINE_FEED || code === CARRIAGE_RETURN) lines += 1
  }
  return lines > most
}

/** Tokens from which a document takes tens of milliseconds to parse and validate for the first time. */
const LARGE_TOKENS = 1500

/** True for a document that should be executed in another turn of the event loop than it was checked in. */
export const isLargeDocument = ({ tokenCount = 0 }: DocumentNode): boolean => tokenCount > LARGE_TOKENS

/** Measured memory of a parsed document and its plans, for each token. */
const BYTES_A_TOKEN = 300

const bytesOf = (source: string, { tokenCount = 0 }: DocumentNode): number =>
  source.length * 2 + tokenCount * BYTES_A_TOKEN

const check = (schema: GraphQLSchema, source: string, limits: DocumentLimits): CheckedDocument => {
  if (hasMoreLinesThan(source, limits.maxTokens)) return { errors: [tooManyLines(limits.maxTokens)] }
  let document: DocumentNode
  try {
    document = parse(source, { maxTokens: limits.maxTokens })
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return { errors: [withCode(thrown, 'GRAPHQL_PARSE_FAILED')] }
    if (thrown instanceof RangeError) return { errors: [tooNested()] }
    throw thrown
  }
  const sizeError = documentSizeError(document, limits)
  if (sizeError) return { errors: [sizeError] }
  const errors = validationErrors(schema, document)
  return errors.length > 0
    ? { errors: errors.map(error => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) }
    : { document }
}

/** One cache of documents for all transports. Refused documents are not cached: they would evict documents in use. */
export const createDocuments = (
  schema: GraphQLSchema,
  limits: DocumentLimits,
  { maxEntries, maxBytes }: DocumentCacheLimits,
): Documents => {
  const cache = new LRUCache<string, CheckedDocument>({ max: maxEntries, maxSize: maxBytes })
  return source => {
    const kept = cache.get(source)
    if (kept) return kept
    const checked = check(schema, source, limits)
    if (checked.document) cache.set(source, checked, { size: bytesOf(source, checked.document) })
    return checked
  }
}
