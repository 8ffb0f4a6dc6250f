import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'

/** Cache entries for one document. It may hold 2,500 operations, and each entry may be as large as the document. */
const OPERATIONS_KEPT = 32

type OperationName = string | null | undefined

/** The key of a request without an operation name. No name equals it. */
const UNNAMED = Symbol('unnamed')

/** Finds or makes the entry of a document's operation. The undefined entry of an operation that does not exist is not cached. */
type MadeOnce<Kept> = <Made extends Kept | undefined>(
  document: DocumentNode,
  operationName: OperationName,
  make: () => Made,
) => Kept | Made

/** A cache that makes one value for each operation while its document is cached. */
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
