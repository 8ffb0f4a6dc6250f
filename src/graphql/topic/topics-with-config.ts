import type { ConfigEntry, TopicDescription } from '../../kafka/cluster.ts'
import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { GraphQLContext } from '../core/context.ts'
import { checkTextArgument, operationError, translating } from '../core/errors/failures.ts'
import { failureSummary } from '../core/outcomes/failure-summary.ts'
import type { FailureShape } from '../core/outcomes/mutation-failure.ts'
import type { ConfigMatch } from './config-match.ts'

type Match = typeof ConfigMatch.$inferInput

const isMatch = (entry: ConfigEntry | undefined, { value }: Match): boolean => {
  if (entry === undefined) return false
  if (typeof value !== 'string') return entry.source === 'DYNAMIC_TOPIC_CONFIG'
  return entry.value === value || (entry.type === 'LIST' && (entry.value?.split(',') ?? []).includes(value))
}

/** The listed topics, and why some are missing. */
export interface TopicsFound {
  readonly topics: readonly TopicDescription[]
  readonly errors: readonly FailureShape[]
}

/** Whether the topic has the setting. A topic deleted a moment ago has no settings. */
const judged = (outcome: Outcome<readonly ConfigEntry[]> | undefined, match: Match): Outcome<boolean> => {
  if (outcome === undefined) return false
  if (!isFailure(outcome)) {
    const entry = outcome.find(({ name }) => name === match.name)
    return isMatch(entry, match)
  }
  return outcome.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? false : outcome
}

const outcomesOf = async (
  topics: readonly TopicDescription[],
  match: Match,
  { ports, call, limits }: GraphQLContext,
): Promise<readonly Outcome<boolean>[]> => {
  const outcomes: Outcome<boolean>[] = []
  const { max } = limits.page
  const options = { names: [match.name] }
  for (let start = 0; start < topics.length; start += max) {
    const some = topics.slice(start, start + max)
    const resources = some.map(({ name }) => ({ type: 'TOPIC' as const, name }))
    const configs = await translating(() => ports.catalog.describeConfigs(call, resources, options))
    outcomes.push(...some.map((_, index) => judged(configs[index], match)))
  }
  return outcomes
}

/**
 * The topics that have a setting, or all topics without a condition. Requests this one config for at most a page's worth
 * of topics at a time. A topic whose configs cannot be read is left out and named in `errors`.
 * @throws GraphQLError when no topic's configs can be read.
 */
export const withConfig = async (
  topics: readonly TopicDescription[],
  match: Match | null | undefined,
  context: GraphQLContext,
): Promise<TopicsFound> => {
  if (!match) return { topics, errors: [] }
  checkTextArgument('filter.hasConfig.name', match.name)
  const outcomes = await outcomesOf(topics, match, context)
  const [first] = outcomes
  if (first !== undefined && isFailure(first) && outcomes.every(isFailure)) throw operationError(first)
  const names = topics.map(({ name }) => name)
  return {
    topics: topics.filter((_, index) => outcomes[index] === true),
    errors: failureSummary(names, outcomes, { one: 'Topic', failed: 'could not be filtered by its configs' }),
  }
}
