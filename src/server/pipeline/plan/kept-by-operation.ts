import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'

/** Cache at most this many operations of one document: it may hold 2,500, and what is made of each may be as long as the document. */
const OPERATIONS_KEPT = 32

type OperationName = string | null | undefined

/** The key of a request that names no operation. A name cannot be it. */
const UNNAMED = Symbol('unnamed')

/** Finds what was made of an operation of a document, or makes it. Undefined, for an operation that does not exist, is not kept. */
type MadeOnce<Kept> = <Made extends Kept | undefined>(
  document: DocumentNode,
  operationName: OperationName,
  make: () => Made,
) => Kept | Made

/** Makes something of each operation once, for as long as its document is kept. */
export const keptByOperation = <Kept extends object>(): MadeOnce<Kept> => {
  const kept = new WeakMap<DocumentNode, LRUCache<string | symbol, Kept>>()
  return (document, operationName, make) => {
    // A request that sends null means the same as one that leaves the name out.
    const key = operationName ?? UNNAMED
    const ofDocument = kept.get(document)
    const known = ofDocument?.get(key)
    if (known !== undefined) return known
    const made = make()
    if (made === undefined) return made
    const operations = ofDocument ?? new LRUCache<string | symbol, Kept>({ max: OPERATIONS_KEPT })
    kept.set(document, operations.set(key, made))
    return made
  }
}
