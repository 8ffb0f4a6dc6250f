import type { DocumentNode } from 'graphql'

/** A document may hold 2,500 operations, and what is made of each is as long as the document: only the newest are kept. */
const OPERATIONS_KEPT = 32

type OperationName = string | null | undefined

/** Finds what was made of an operation of a document, or makes it; undefined, for an operation that is not there, is not kept. */
type MadeOnce<Made> = (document: DocumentNode, operationName: OperationName, make: () => Made) => Made

/** Makes something of each operation once, for as long as its document is kept. */
export const keptByOperation = <Made>(): MadeOnce<Made> => {
  const kept = new WeakMap<DocumentNode, Map<string | undefined, Made>>()
  return (document, givenName, make) => {
    // A client that writes null means what another leaves out, and shares with it.
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
