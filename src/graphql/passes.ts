import { GraphQLError } from 'graphql'
import type { TopicDescription } from '../kafka/cluster.ts'
import type { GraphQLContext } from './context.ts'

/** Items that the passes of one operation may look at, for each value that its answer may have. */
const LOOKS_A_VALUE = 10

const tooMany = (most: number): GraphQLError =>
  new GraphQLError(
    `The operation looks at more than ${most} topics, groups or other items to answer: list or count fewer things at once, or in operations of their own.`,
    { extensions: { code: 'RESPONSE_TOO_LARGE', maxLooks: most } },
  )

/**
 * Begins a pass over `items` items of a cluster: counts them for the operation, and gives way where passes have taken long.
 * `effort` is the work for one item, 1 for a comparison or two. @throws GraphQLError RESPONSE_TOO_LARGE, rejected.
 */
export const beginPass = async (items: number, context: GraphQLContext, effort = 1): Promise<void> => {
  const most = context.limits.answer.maxValues * LOOKS_A_VALUE
  context.itemsLookedAt += items * effort
  if (context.itemsLookedAt > most) throw tooMany(most)
  await context.passes.begin(items * effort)
}

/** Every topic, sorted by name, to be gone through once. */
export const everyTopic = async (context: GraphQLContext): Promise<readonly TopicDescription[]> => {
  const topics = await context.loaders.topics()
  await beginPass(topics.length, context)
  return topics
}

/** Items that are looked at between two looks at the clock. */
const LOOKS = 32

/** The items that pass a test which may take long: one pass, which gives way every few milliseconds. */
export const filteredInTurns = async <T>(
  items: readonly T[],
  test: (item: T) => boolean,
  context: GraphQLContext,
  effort: number,
): Promise<readonly T[]> => {
  await beginPass(items.length, context, effort)
  const passed: T[] = []
  for (let start = 0; start < items.length; start += LOOKS) {
    if (start > 0) await context.passes.goOn()
    passed.push(...items.slice(start, start + LOOKS).filter(test))
  }
  return passed
}
