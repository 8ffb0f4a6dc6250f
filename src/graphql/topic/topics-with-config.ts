import type { ConfigEntry, TopicDescription } from '../../kafka/cluster.ts'
import { isFailure, type KafkaError } from '../../kafka/kafka-error.ts'
import type { GraphQLContext } from '../context.ts'
import { checkTextArgument, operationError, translating } from '../failures.ts'
import type { ConfigMatch } from './config-match.ts'

type Match = typeof ConfigMatch.$inferInput

const isMatch = (entry: ConfigEntry | undefined, { value }: Match): boolean => {
  if (entry === undefined) return false
  if (typeof value !== 'string') return entry.source === 'DYNAMIC_TOPIC_CONFIG'
  return entry.value === value || (entry.type === 'LIST' && (entry.value?.split(',') ?? []).includes(value))
}

// A topic deleted a moment ago is no match; one whose configs may not be read might be: that is not passed over.
const refuse = (failure: KafkaError): false => {
  if (failure.code === 'UNKNOWN_TOPIC_OR_PARTITION') return false
  throw operationError(failure)
}

/**
 * The topics that have a setting; all of them when none is looked for. Asks for this one config of as many topics at a
 * time as a page may have. @throws GraphQLError when the configs of a topic may not be read.
 */
export const withConfig = async (
  topics: readonly TopicDescription[],
  match: Match | null | undefined,
  { catalog, limits, signal }: GraphQLContext,
): Promise<readonly TopicDescription[]> => {
  if (!match) return topics
  checkTextArgument('filter.hasConfig.name', match.name)
  const matching: TopicDescription[] = []
  const { max } = limits.page
  const options = { names: [match.name], ...(signal ? { signal } : {}) }
  for (let start = 0; start < topics.length; start += max) {
    const some = topics.slice(start, start + max)
    const resources = some.map(({ name }) => ({ type: 'TOPIC' as const, name }))
    const outcomes = await translating(() => catalog.describeConfigs(resources, options))
    const isIn = (index: number) => {
      const outcome = outcomes[index]
      if (outcome === undefined) return false
      return isFailure(outcome)
        ? refuse(outcome)
        : isMatch(
            outcome.find(({ name }) => name === match.name),
            match,
          )
    }
    matching.push(...some.filter((_, index) => isIn(index)))
  }
  return matching
}
