import { GraphQLError } from 'graphql'
import type { TopicDescription } from '../../../kafka/cluster.ts'
import type { GraphQLContext } from '../context.ts'

/** Items that an operation's passes may visit for each value of its response limit. */
const LOOKS_A_VALUE = 10

const tooMany = (most: number): GraphQLError =>
  new GraphQLError(
    `The operation visits more than ${most} topics, groups or other items: list or count fewer at once, or use several operations.`,
    { extensions: { code: 'RESPONSE_TOO_LARGE', maxLooks: most } },
  )

/**
 * Starts a pass over `items` items: counts them for the operation, and yields the event loop when earlier passes took
 * long. `effort` is the work per item; 1 is a comparison or two.
 * @throws GraphQLError RESPONSE_TOO_LARGE, as a rejection.
 */
export const beginPass = async (items: number, context: GraphQLContext, effort = 1): Promise<void> => {
  const most = context.limits.answer.maxValues * LOOKS_A_VALUE
  context.itemsLookedAt += items * effort
  if (context.itemsLookedAt > most) throw tooMany(most)
  await context.passes.begin(items * effort)
}

/** Every topic, sorted by name, for one pass. */
export const everyTopic = async (context: GraphQLContext): Promise<readonly TopicDescription[]> => {
  const topics = await context.loaders.topics()
  await beginPass(topics.length, context)
  return topics
}

/** Items visited between two checks of the clock. */
const LOOKS = 32

/** Filters with a test that may take long: one pass, which yields the event loop every few milliseconds. */
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
