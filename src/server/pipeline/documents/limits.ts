import { type DocumentNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql'
import { hasFewPairs } from './merge-pairs.ts'

/** How much a document may select. */
export interface DocumentLimits {
  readonly maxDepth: number
  readonly maxFields: number
  readonly maxTokens: number
}

/** The size of a selection with its fragments spread. */
interface Size {
  readonly depth: number
  readonly fields: number
  /** Characters of the longest response name. */
  readonly longestName: number
}

const NOTHING: Size = { depth: 0, fields: 0, longestName: 0 }

/** Characters of an alias or a name. A response repeats it for every list item. */
const MAX_NAME_LENGTH = 256

/** Pairs of fields with one response name, for each field allowed. Validation compares every pair. */
const PAIRS_A_FIELD = 50

/**
 * Measures selections. Each fragment is measured once and counted at each use. A fragment that contains itself counts
 * as nothing: validation refuses it.
 */
const createMeasure = (document: DocumentNode) => {
  const fragments = new Map<string, SelectionSetNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet)
  const measured = new Map<string, Size>()
  const fragment = (name: string): Size => {
    const known = measured.get(name)
    if (known !== undefined) return known
    measured.set(name, NOTHING)
    const size = selections(fragments.get(name))
    measured.set(name, size)
    return size
  }
  const selections = (set: SelectionSetNode | undefined): Size => {
    let depth = 0
    let fields = 0
    let longestName = 0
    for (const node of set?.selections ?? []) {
      const isField = node.kind === Kind.FIELD
      const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragment(node.name.value) : selections(node.selectionSet)
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0))
      fields += inner.fields + (isField ? 1 : 0)
      const ownName = isField ? (node.alias ?? node.name).value.length : 0
      longestName = Math.max(longestName, inner.longestName, ownName)
    }
    return { depth, fields, longestName }
  }
  return selections
}

const tooMuch = (what: string, found: number, most: number, setting?: string): GraphQLError =>
  new GraphQLError(
    `The document is too large: ${what} ${found}, at most ${most} allowed ${setting ? ` (${setting})` : ''}.`,
    {
      extensions: { code: 'QUERY_TOO_LARGE' },
    },
  )

/**
 * The error of a document that is too large, else null. Linear in the document's size, so it runs before graphql's
 * validation, which has a quadratic rule. Counts everything, including `__typename` and unused fragments.
 */
export const documentSizeError = (document: DocumentNode, limits: DocumentLimits): GraphQLError | null => {
  const measure = createMeasure(document)
  let depth = 0
  let fields = 0
  let longestName = 0
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue
    const size = measure(definition.selectionSet)
    depth = Math.max(depth, size.depth)
    fields += size.fields
    longestName = Math.max(longestName, size.longestName)
  }
  if (depth > limits.maxDepth) return tooMuch('depth', depth, limits.maxDepth, 'MAX_QUERY_DEPTH')
  if (fields > limits.maxFields) return tooMuch('fields', fields, limits.maxFields, 'MAX_QUERY_FIELDS')
  if (longestName > MAX_NAME_LENGTH) return tooMuch('characters of an alias', longestName, MAX_NAME_LENGTH)
  if (hasFewPairs(document, PAIRS_A_FIELD * limits.maxFields)) return null
  return new GraphQLError(
    'The document is too large: it selects the same field at the same place too often. Select each field once, or give each its own alias.',
    { extensions: { code: 'QUERY_TOO_LARGE' } },
  )
}
