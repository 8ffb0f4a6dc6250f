import {
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  type GraphQLSchema,
  KnownArgumentNamesRule,
  NoUndefinedVariablesRule,
  NoUnusedVariablesRule,
  OverlappingFieldsCanBeMergedRule,
  ProvidedRequiredArgumentsRule,
  parse,
  ScalarLeafsRule,
  specifiedRules,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
  VariablesInAllowedPositionRule,
  validate,
} from 'graphql'
import { type DocumentLimits, documentSizeError } from './limits.ts'
import { conditionalRootErrors } from './subscription-root.ts'

/** A document that may be executed, or the reasons why not. */
export type CheckedDocument =
  | { readonly document: DocumentNode; readonly errors?: undefined }
  | { readonly document?: undefined; readonly errors: readonly GraphQLError[] }

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

/**
 * graphql's rules in parts that take about as long as each other. A document of 10,000 tokens takes up to 60 ms to validate in a
 * new process.
 */
const HEAVY_RULES: readonly (readonly ValidationRule[])[] = [
  [OverlappingFieldsCanBeMergedRule, NoUndefinedVariablesRule, NoUnusedVariablesRule, VariablesInAllowedPositionRule],
  [
    FieldsOnCorrectTypeRule,
    ScalarLeafsRule,
    KnownArgumentNamesRule,
    ProvidedRequiredArgumentsRule,
    ValuesOfCorrectTypeRule,
  ],
]
const RULES_IN_PARTS = [...HEAVY_RULES, specifiedRules.filter(rule => !HEAVY_RULES.flat().includes(rule))]

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
export const LARGE_TOKENS = 1500

/** True for a document that should be executed in another turn of the event loop than it was checked in. */
export const isLargeDocument = ({ tokenCount = 0 }: DocumentNode): boolean => tokenCount > LARGE_TOKENS

const parsed = (source: string, { maxTokens }: DocumentLimits): DocumentNode | GraphQLError => {
  try {
    return parse(source, { maxTokens })
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return withCode(thrown, 'GRAPHQL_PARSE_FAILED')
    if (thrown instanceof RangeError) return tooNested()
    throw thrown
  }
}

/** Validates in as many steps as there are lists of rules. */
function* validated(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules: readonly (readonly ValidationRule[])[],
): Generator<undefined, readonly GraphQLError[]> {
  // Must run before graphql's rules: one of them would blame the condition's variable.
  const errors = [...conditionalRootErrors(document)]
  if (errors.length > 0) return errors.slice(0, MAX_ERRORS)
  for (const some of rules) {
    yield
    errors.push(...validate(schema, document, some, { maxErrors: MAX_ERRORS }))
    if (errors.length >= MAX_ERRORS) break
  }
  return errors.slice(0, MAX_ERRORS)
}

/** Checks a document in steps, between which other work may run. */
export function* checkInSteps(
  schema: GraphQLSchema,
  source: string,
  limits: DocumentLimits,
): Generator<undefined, CheckedDocument> {
  if (hasMoreLinesThan(source, limits.maxTokens)) return { errors: [tooManyLines(limits.maxTokens)] }
  const document = parsed(source, limits)
  if (document instanceof GraphQLError) return { errors: [document] }
  yield
  const sizeError = documentSizeError(document, limits)
  if (sizeError) return { errors: [sizeError] }
  const errors = yield* validated(schema, document, isLargeDocument(document) ? RULES_IN_PARTS : [specifiedRules])
  return errors.length > 0
    ? { errors: errors.map(error => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) }
    : { document }
}
