import type { TopicDescription } from '../../kafka/cluster.ts'
import { isFailure } from '../../kafka/errors/kafka-error.ts'
import type { OffsetRequest } from '../../kafka/ports/catalog.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { beginPass } from '../core/bounds/passes.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translating } from '../core/errors/failures.ts'
import type { MakeShared } from '../core/loaders.ts'
import { topicSizesOnDisk } from '../storage/topic-sizes.ts'

/** Sort values that need further Kafka requests, beyond the topics' descriptions. */
export type TopicMeasureName = 'MESSAGES' | 'SIZE'

/** One number for each topic, in order; null if it is unknown now. */
type Measure = (topics: readonly TopicDescription[], context: GraphQLContext) => Promise<readonly (number | null)[]>

/** Sort values by topic name. */
export type TopicMeasures = ReadonlyMap<TopicName, number>

/** A topic that cannot be measured now (a partition without a leader) sorts before all others. */
const NOT_KNOWN = -1

const endsOf = ({ name, partitions }: TopicDescription): readonly OffsetRequest[] =>
  partitions.flatMap(({ partition }) =>
    (['earliest', 'latest'] as const).map(at => ({ topic: name, partition, at, isolationLevel: 'READ_UNCOMMITTED' })),
  )

/** Does not use the loader of single offsets: for ten thousand partitions its bookkeeping takes longer than Kafka. */
const messageCounts: Measure = async (topics, { ports, call }) => {
  const requests = topics.map(endsOf)
  const outcomes = await translating(() => ports.catalog.listOffsets(call, requests.flat()))
  const remaining = outcomes.values()
  return requests.map(ofTopic => {
    let count: bigint | null = 0n
    for (const { at } of ofTopic) {
      const outcome = remaining.next().value
      if (outcome === undefined || isFailure(outcome)) count = null
      else if (count !== null) count += (outcome.offset ?? 0n) * (at === 'latest' ? 1n : -1n)
    }
    return count === null ? null : Number(count)
  })
}

const MEASURES: Readonly<Record<TopicMeasureName, Measure>> = { MESSAGES: messageCounts, SIZE: topicSizesOnDisk }

/** The measured values of this operation, by measure, so that lists with the same order request each topic once. */
const measured: MakeShared<Readonly<Record<TopicMeasureName, Map<TopicName, Promise<number>>>>> = () => ({
  MESSAGES: new Map(),
  SIZE: new Map(),
})

const measureAnew = (
  topics: readonly TopicDescription[],
  name: TopicMeasureName,
  context: GraphQLContext,
  known: Map<TopicName, Promise<number>>,
): void => {
  const { max } = context.limits.page
  let before: Promise<unknown> = Promise.resolve()
  for (let start = 0; start < topics.length; start += max) {
    const some = topics.slice(start, start + max)
    const values = before.then(() => MEASURES[name](some, context))
    before = values
    for (const [index, topic] of some.entries()) {
      const one = values.then(all => all[index] ?? NOT_KNOWN)
      one.catch(() => {})
      known.set(topic.name, one)
    }
  }
}

/**
 * Measures each topic once per operation, at most a page's worth at a time. Ten thousand topics take a few requests of
 * limited size, one after the other.
 */
export const measureTopics = async (
  topics: readonly TopicDescription[],
  name: TopicMeasureName,
  context: GraphQLContext,
): Promise<TopicMeasures> => {
  const known = context.loaders.shared(measured)[name]
  await beginPass(topics.length, context)
  const unknown = topics.filter(topic => !known.has(topic.name))
  measureAnew(unknown, name, context, known)
  const values = await Promise.all(topics.map(topic => known.get(topic.name) ?? NOT_KNOWN))
  return new Map(topics.map((topic, index) => [topic.name, values[index] ?? NOT_KNOWN]))
}
