import { RE2JS } from 're2js'
import type { TopicDescription } from '../../kafka/cluster.ts'
import { shortened } from '../../kafka/text.ts'
import { badInput } from '../failures.ts'
import { inputType } from '../schema-part.ts'
import { ConfigMatch } from './config-match.ts'

/** Which topics to list. */
export const TopicFilter = inputType('TopicFilter', {
  description: 'Which topics to list. A topic is listed when everything that is given here holds for it.',
  fields: t => ({
    names: t.stringList({ description: 'Only topics with one of these names; names without a topic are left out.' }),
    nameContains: t.string({ description: 'Only topics whose name contains this text; upper and lower case count.' }),
    namePattern: t.string({
      description:
        'Only topics whose whole name matches this regular expression in RE2 syntax, the one that Kafka’s own brokers take for pattern subscriptions: `orders-.*`.',
    }),
    isInternal: t.boolean({
      description: 'True: only the topics in which Kafka keeps its own records. False: all but those.',
    }),
    underReplicated: t.boolean({
      description:
        'True: only topics with a partition that has fewer in-sync replicas than replicas. False: only those that are fully replicated.',
    }),
    hasConfig: t.field({ type: ConfigMatch, description: 'Only topics with this setting.' }),
  }),
})

/** The filter as resolvers get it. */
export type TopicFilterInput = typeof TopicFilter.$inferInput

type Matches = (topic: TopicDescription) => boolean

/** What a filter lets through. */
export interface TopicMatcher {
  readonly matches: Matches
  /** The work for one topic, 1 for a few comparisons. */
  readonly effort: number
}

const MAX_PATTERN_LENGTH = 1000
/** Instructions of a compiled pattern: a name of 120 characters takes up to 0.1 ms with so many. */
const MAX_PATTERN_SIZE = 1000
/** Instructions that take as long for one name as a comparison. */
const INSTRUCTIONS_A_LOOK = 10

const compiled = (pattern: string): RE2JS => {
  try {
    return RE2JS.compile(pattern)
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown)
    throw badInput(
      'filter.namePattern',
      `is no regular expression in RE2 syntax (${shortened(problem)}): try "orders-.*".`,
    )
  }
}

/** RE2 takes time linear in the name for every pattern; JavaScript's own engine can be stopped for years by one. */
const patternMatcher = (pattern: string): TopicMatcher => {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    const problem = `has ${pattern.length} characters: give a pattern of at most ${MAX_PATTERN_LENGTH}.`
    throw badInput('filter.namePattern', problem)
  }
  const expression = compiled(pattern)
  const size = expression.programSize()
  if (size > MAX_PATTERN_SIZE) {
    const problem = `repeats too much: it compiles to ${size} instructions, at most ${MAX_PATTERN_SIZE} are allowed.`
    throw badInput('filter.namePattern', problem)
  }
  return { matches: ({ name }) => expression.matches(name), effort: Math.ceil(size / INSTRUCTIONS_A_LOOK) }
}

const isUnderReplicated: Matches = ({ partitions }) =>
  partitions.some(({ replicas, isr }) => isr.length < replicas.length)

/** The test that a filter stands for. @throws GraphQLError BAD_USER_INPUT for a pattern that is none. */
export const topicMatcher = (filter: TopicFilterInput | null | undefined): TopicMatcher => {
  const { names, nameContains, namePattern, isInternal, underReplicated } = filter ?? {}
  const tests: Matches[] = []
  if (names) {
    const wanted = new Set<string>(names)
    tests.push(({ name }) => wanted.has(name))
  }
  if (nameContains) tests.push(({ name }) => name.includes(nameContains))
  const pattern = typeof namePattern === 'string' ? patternMatcher(namePattern) : null
  if (pattern) tests.push(pattern.matches)
  if (typeof isInternal === 'boolean') tests.push(topic => topic.isInternal === isInternal)
  if (typeof underReplicated === 'boolean') tests.push(topic => isUnderReplicated(topic) === underReplicated)
  return { matches: topic => tests.every(test => test(topic)), effort: 1 + (pattern?.effort ?? 0) }
}
