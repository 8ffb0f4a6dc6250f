import { RE2JS } from 're2js'
import type { TopicDescription } from '../../kafka/cluster.ts'
import { shortened } from '../../kafka/text.ts'
import { badInput } from '../core/errors/failures.ts'
import { inputType } from '../core/schema-part.ts'
import { ConfigMatch } from './config-match.ts'

export const TopicFilter = inputType('TopicFilter', {
  description: 'Selects the topics to list. A topic must match every condition that is given.',
  fields: t => ({
    names: t.stringList({ description: 'Only topics with one of these names; unknown names are ignored.' }),
    nameContains: t.string({ description: 'Only topics whose name contains this text, case-sensitive.' }),
    namePattern: t.string({
      description:
        'Only topics whose whole name matches this regular expression, such as `orders-.*`. The syntax is RE2, which Kafka’s brokers also use for pattern subscriptions.',
    }),
    isInternal: t.boolean({
      description: 'True: only topics in which Kafka keeps its own records. False: only the other topics.',
    }),
    underReplicated: t.boolean({
      description:
        'True: only topics with a partition that has fewer in-sync replicas than replicas. False: only fully replicated topics.',
    }),
    hasConfig: t.field({ type: ConfigMatch, description: 'Only topics with this setting.' }),
  }),
})

export type TopicFilterInput = typeof TopicFilter.$inferInput

type Matches = (topic: TopicDescription) => boolean

/** The test of a filter. */
export interface TopicMatcher {
  readonly matches: Matches
  /** The work for one topic; 1 is a few comparisons. */
  readonly effort: number
}

const MAX_PATTERN_LENGTH = 1000
/** The most instructions of a compiled pattern. With this many, matching a name of 120 characters takes up to 0.1 ms. */
const MAX_PATTERN_SIZE = 1000
/** Instructions that take as long per name as one comparison. */
const INSTRUCTIONS_A_LOOK = 10

const compiled = (pattern: string): RE2JS => {
  try {
    return RE2JS.compile(pattern)
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown)
    throw badInput(
      'filter.namePattern',
      `is not a regular expression in RE2 syntax (${shortened(problem)}): try "orders-.*".`,
    )
  }
}

/** Uses RE2, which takes linear time for every pattern; one pattern could block JavaScript's own engine for years. */
const patternMatcher = (pattern: string): TopicMatcher => {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    const problem = `has ${pattern.length} characters: give a pattern of at most ${MAX_PATTERN_LENGTH}.`
    throw badInput('filter.namePattern', problem)
  }
  const expression = compiled(pattern)
  const size = expression.programSize()
  if (size > MAX_PATTERN_SIZE) {
    const problem = `repeats too much: it compiles to ${size} instructions, above the maximum of ${MAX_PATTERN_SIZE}.`
    throw badInput('filter.namePattern', problem)
  }
  return { matches: ({ name }) => expression.matches(name), effort: Math.ceil(size / INSTRUCTIONS_A_LOOK) }
}

const isUnderReplicated: Matches = ({ partitions }) =>
  partitions.some(({ replicas, isr }) => isr.length < replicas.length)

/** Compiles a filter. @throws GraphQLError BAD_USER_INPUT for an invalid pattern. */
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
