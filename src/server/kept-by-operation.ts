import type { DocumentNode } from 'graphql'

/**
 * A document may hold 2,500 operations, and what is derived from each is as long as the document. Only the most recent
 * are kept.
 */
const OPERATIONS_KEPT = 32

type OperationName = string | null | undefined

/**
 * Returns what was derived from an operation of a document, or derives it. Undefined, for a missing operation, is not
 * kept.
 */
type MadeOnce<Made> = (document: DocumentNode, operationName: OperationName, make: () => Made) => Made

/** Derives something from each operation once, while its document is cached. */
export const keptByOperation = <Made>(): MadeOnce<Made> => {
  const kept = new WeakMap<DocumentNode, Map<string | undefined, Made>>()
  return (document, givenName, make) => {
    // A client that writes null means the same as one that leaves it out, and shares the entry.
    const operationName = givenName ?? undefined
    const ofDocument = kept.get(document) ?? new Map<string | undefined, Made>()
    const known = ofDocument.get(operationName)
    if (known !== undefined) return known
    const made = make()
    if (made === undefined) return made
    if (ofDocument.size >= OPERATIONS_KEPT) ofDocument.delete(ofDocument.keys().next().value)
    kept.set(document, ofDocument.set(operationName, made))
    return made
  }
}
