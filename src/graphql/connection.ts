import type { GraphQLContext } from './context.ts'
import { badInput } from './failures.ts'
import type { GraphQLLimits } from './limits.ts'
import { compareKeys, decodePageCursor, encodePageCursor, type KeyShapes, type SortKey } from './page-cursor.ts'
import { beginPass } from './passes.ts'

/** Relay's four arguments of a page. */
export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** What a list is ordered by. */
export interface ListOrder<T> {
  /** Kind and order of the list: the cursors of one list mean nothing in another. */
  readonly list: string
  readonly direction: 'ASC' | 'DESC'
  /** What its keys look like. */
  readonly shapes: KeyShapes
  keyOf(item: T): SortKey
}

/** An item of a page with its cursor. */
export interface Edge<T> {
  readonly node: T
  readonly cursor: string
}

/** Whether there is more on either side of a page, and the cursors of its ends. */
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
  /** Items of the whole list, not of the page. */
  readonly totalCount: number
}

const checkCount = (argument: 'first' | 'last', count: number | null | undefined, max: number): void => {
  if (count === null || count === undefined) return
  if (count < 0) throw badInput(argument, `cannot be negative, and is ${count}: give 0 to ${max}.`)
  if (count > max)
    throw badInput(argument, `is ${count}, above the maximum of ${max}: read further pages with a cursor.`)
}

/** How many items from which end. @throws GraphQLError BAD_USER_INPUT that says which argument is wrong. */
const sizeOf = ({ first, last }: PageArguments, { page }: GraphQLLimits) => {
  checkCount('first', first, page.max)
  checkCount('last', last, page.max)
  if (typeof first === 'number' && typeof last === 'number') {
    throw badInput('last', 'cannot be given together with first: first reads forwards, last backwards.')
  }
  return typeof last === 'number' ? { count: last, fromEnd: true } : { count: first ?? page.default, fromEnd: false }
}

/** Looks at the arguments of a page before Kafka is asked. @throws GraphQLError that says which one is wrong. */
export const checkPage = (order: ListOrder<never>, page: PageArguments, limits: GraphQLLimits): void => {
  pageOf([], order, page, limits)
}

/** One page of a list that may be long, sorted in a turn of its own. */
export const pageOfMany = async <T>(
  items: readonly T[],
  order: ListOrder<T>,
  page: PageArguments,
  context: GraphQLContext,
): Promise<Page<T>> => {
  await beginPass(items.length, context)
  return pageOf(items, order, page, context.limits)
}

/** One page of `items`. Keyed by what an item is, not by its index: items that come or go move no other item's cursor. */
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
