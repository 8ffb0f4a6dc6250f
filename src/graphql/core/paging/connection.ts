import { beginPass } from '../bounds/passes.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput } from '../errors/failures.ts'
import type { GraphQLLimits } from '../limits.ts'
import { compareKeys, decodePageCursor, encodePageCursor, type KeyShapes, type SortKey } from './page-cursor.ts'

/** Relay's four arguments of a page. */
export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** How a list is sorted. */
export interface ListOrder<T> {
  /** The list's kind and order. A cursor is valid only in the list that issued it. */
  readonly list: string
  readonly direction: 'ASC' | 'DESC'
  /** The types of the parts of its sort keys. */
  readonly shapes: KeyShapes
  keyOf(item: T): SortKey
}

/** An item of a page with its cursor. */
export interface Edge<T> {
  readonly node: T
  readonly cursor: string
}

/** Whether more items follow or come before a page, and the cursors of its ends. */
export interface PageInfoShape {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly startCursor: string | null
  readonly endCursor: string | null
}

/** A page of a list. */
export interface Page<T> {
  readonly edges: readonly Edge<T>[]
  readonly pageInfo: PageInfoShape
  /** The number of items in the whole list, not in the page. */
  readonly totalCount: number
}

const checkCount = (argument: 'first' | 'last', count: number | null | undefined, max: number): void => {
  if (count === null || count === undefined) return
  if (count < 0) throw badInput(argument, `cannot be negative, and is ${count}: give 0 to ${max}.`)
  if (count > max)
    throw badInput(argument, `is ${count}, above the maximum of ${max}: read further pages with a cursor.`)
}

/** The size of the page, and the end it counts from. @throws GraphQLError BAD_USER_INPUT that names the wrong argument. */
const sizeOf = ({ first, last }: PageArguments, { page }: GraphQLLimits) => {
  checkCount('first', first, page.max)
  checkCount('last', last, page.max)
  if (typeof first === 'number' && typeof last === 'number') {
    throw badInput('last', 'cannot be given together with first: first reads forwards, last backwards.')
  }
  return typeof last === 'number' ? { count: last, fromEnd: true } : { count: first ?? page.default, fromEnd: false }
}

/** Checks the page arguments before the first Kafka request. @throws GraphQLError that names the wrong argument. */
export const checkPage = (order: ListOrder<never>, page: PageArguments, limits: GraphQLLimits): void => {
  pageOf([], order, page, limits)
}

/** One page of a list that may be long. Sorting it waits for its turn among the long passes. */
export const pageOfMany = async <T>(
  items: readonly T[],
  order: ListOrder<T>,
  page: PageArguments,
  context: GraphQLContext,
): Promise<Page<T>> => {
  await beginPass(items.length, context)
  return pageOf(items, order, page, context.limits)
}

/** One page of `items`. Cursors hold a sort key, not an index, so an inserted or deleted item moves no other cursor. */
const pageOf = <T>(
  items: readonly T[],
  { list, direction, shapes, keyOf }: ListOrder<T>,
  page: PageArguments,
  limits: GraphQLLimits,
): Page<T> => {
  const { count, fromEnd } = sizeOf(page, limits)
  const cursors = { list, shapes }
  const sign = direction === 'ASC' ? 1 : -1
  const compare = (one: SortKey, other: SortKey) => sign * compareKeys(one, other)
  const sorted = items.map(node => ({ node, key: keyOf(node) })).sort((one, other) => compare(one.key, other.key))
  const after = typeof page.after === 'string' ? decodePageCursor('after', cursors, page.after) : null
  const before = typeof page.before === 'string' ? decodePageCursor('before', cursors, page.before) : null
  const low = after ? sorted.filter(({ key }) => compare(key, after) <= 0).length : 0
  const high = before ? sorted.filter(({ key }) => compare(key, before) < 0).length : sorted.length
  const start = fromEnd ? Math.max(low, high - count) : low
  const end = fromEnd ? Math.max(low, high) : Math.max(low, Math.min(high, low + count))
  const edges = sorted.slice(start, end).map(({ node, key }) => ({ node, cursor: encodePageCursor(list, key) }))
  return {
    edges,
    totalCount: sorted.length,
    pageInfo: {
      hasNextPage: end < sorted.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
