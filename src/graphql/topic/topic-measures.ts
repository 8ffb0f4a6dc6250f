import type { TopicDescription } from '../../kafka/cluster.ts'
import { isFailure } from '../../kafka/kafka-error.ts'
import type { OffsetRequest } from '../../kafka/ports/catalog.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../context.ts'
import { translating } from '../failures.ts'
import type { MakeShared } from '../loaders.ts'
import { beginPass } from '../passes.ts'
import { topicSizesOnDisk } from '../replica/topic-sizes.ts'

/** What topics can be ordered by that Kafka has to be asked for, beyond their descriptions. */
export type TopicMeasureName = 'MESSAGES' | 'SIZE'

/** One number for each topic, in order; null where it is not known now. */
type Measure = (topics: readonly TopicDescription[], context: GraphQLContext) => Promise<readonly (number | null)[]>

/** Topics by name with what they are ordered by. */
export type TopicMeasures = ReadonlyMap<TopicName, number>

/** A topic that cannot be measured now (a partition without a leader) comes before all others. */
const NOT_KNOWN = -1

const endsOf = ({ name, partitions }: TopicDescription): readonly OffsetRequest[] =>
  partitions.flatMap(({ partition }) =>
    (['earliest', 'latest'] as const).map(at => ({ topic: name, partition, at, isolationLevel: 'READ_UNCOMMITTED' })),
  )

/** Not by the loader of single offsets: for ten thousand partitions its bookkeeping takes longer than Kafka. */
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

/** What an operation has measured so far, by measure: lists that are ordered by the same ask for each topic once. */
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
 * Measures topics, each once an operation, as many at a time as a page may have: ten thousand topics make a few requests of a
 * bounded size, one after the other.
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
