import { type DocumentNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql'

/** How much a document may ask for. */
export interface DocumentLimits {
  readonly maxDepth: number
  readonly maxFields: number
  readonly maxTokens: number
}

/** What a selection asks for once its fragments are spread. */
interface Size {
  readonly depth: number
  readonly fields: number
}

const NOTHING: Size = { depth: 0, fields: 0 }

/** Measures selections. Each fragment is measured once and counted at each use; one that contains itself counts as nothing: validation refuses it. */
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
    for (const node of set?.selections ?? []) {
      const isField = node.kind === Kind.FIELD
      const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragment(node.name.value) : selections(node.selectionSet)
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0))
      fields += inner.fields + (isField ? 1 : 0)
    }
    return { depth, fields }
  }
  return selections
}

const SETTINGS = { depth: 'MAX_QUERY_DEPTH', fields: 'MAX_QUERY_FIELDS' }

const tooMuch = (what: 'depth' | 'fields', found: number, most: number): GraphQLError =>
  new GraphQLError(`The document is too large: ${what} ${found}, at most ${most} allowed (${SETTINGS[what]}).`, {
    extensions: { code: 'QUERY_TOO_LARGE' },
  })

/**
 * The error of a document that asks for too much, null when it does not. Linear in the size of the document, so it goes before
 * graphql's own validation, of which one rule is quadratic. Counts everything, `__typename` and unused fragments too.
 */
export const documentSizeError = (document: DocumentNode, limits: DocumentLimits): GraphQLError | null => {
  const measure = createMeasure(document)
  let depth = 0
  let fields = 0
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue
    const size = measure(definition.selectionSet)
    depth = Math.max(depth, size.depth)
    fields += size.fields
  }
  if (depth > limits.maxDepth) return tooMuch('depth', depth, limits.maxDepth)
  if (fields > limits.maxFields) return tooMuch('fields', fields, limits.maxFields)
  return null
}
