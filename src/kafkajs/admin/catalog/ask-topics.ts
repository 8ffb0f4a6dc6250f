import {
  DESCRIBE_TOPIC_PARTITIONS,
  describeTopicPartitionsRequest,
  type TopicPartitionCursor,
  type TopicPartitionsPage,
} from '../../requests/cluster/describe-topic-partitions.ts'
import { type MetadataTopic, metadataRequest } from '../../requests/cluster/metadata.ts'
import { type AnswerOf, answeredBy } from '../../transport/answered-by.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import type { Link } from '../../transport/link.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'

/** The broker's default limit (`max.request.partition.size.limit`). */
const PAGE_PARTITIONS = 2000
/** Above this many names, one full response is cheaper than pages, because each page request repeats all names. */
const MANY_NAMES = 200
const UNKNOWN_TOPIC_OR_PARTITION = 3

type Answers = AnswerOf<TopicPartitionsPage>

interface Question {
  readonly names: readonly string[]
  readonly pagePartitions: number
}

/**
 * Uses DescribeTopicPartitions if the broker supports it: it omits the list of brokers and limits the size of
 * responses. Otherwise Metadata v12 returns the same data (every broker since Kafka 3.0).
 */
const pageRequest = (link: Link, { names, pagePartitions }: Question, cursor: TopicPartitionCursor | null) => {
  if (names.length <= MANY_NAMES && link.versions[DESCRIBE_TOPIC_PARTITIONS] !== undefined) {
    return answeredBy(link, describeTopicPartitionsRequest(names, pagePartitions, cursor))
  }
  const whole = metadataRequest(names)
  return answeredBy<TopicPartitionsPage>(link, {
    ...whole,
    decode: async reader => ({ topics: (await whole.decode(reader)).topics, next: null }),
  })
}

const addTo = (found: Map<string, MetadataTopic>, topics: readonly MetadataTopic[]): void => {
  for (const topic of topics) {
    const before = found.get(topic.name)?.partitions ?? []
    const seen = new Set(topic.partitions.map(({ partition }) => partition))
    // The next page may come from another broker and start over. Its partitions replace the earlier ones.
    const partitions = [...before.filter(({ partition }) => !seen.has(partition)), ...topic.partitions]
    found.set(topic.name, { ...topic, partitions: partitions.sort((a, b) => a.partition - b.partition) })
  }
}

const askPages = async (
  cluster: ClusterMap,
  question: Question,
  avoid: string | null,
): Promise<{ readonly found: Map<string, MetadataTopic>; readonly address: string }> => {
  const found = new Map<string, MetadataTopic>()
  let cursor: TopicPartitionCursor | null = null
  for (;;) {
    const { answer, link }: Answers = await cluster.askAny(one => pageRequest(one, question, cursor), 'control', avoid)
    addTo(found, answer.topics)
    if (answer.next === null) return { found, address: link.address }
    cursor = answer.next
  }
}

/**
 * Kafka's description of each topic, in order. A topic that one broker does not know is looked up at another broker,
 * because brokers learn of a new topic one by one.
 */
export const askTopics = (
  cluster: ClusterMap,
  names: readonly string[],
  bounds: RetryBounds,
  pagePartitions: number = PAGE_PARTITIONS,
): Promise<readonly MetadataTopic[]> =>
  retrying(bounds, async () => {
    const { found, address } = await askPages(cluster, { names, pagePartitions }, null)
    const answerOf = (name: string) => found.get(name) ?? missing(name)
    const unknown = names.filter(name => answerOf(name).errorCode === UNKNOWN_TOPIC_OR_PARTITION)
    if (unknown.length > 0) {
      const second = await askPages(cluster, { names: unknown, pagePartitions }, address)
      for (const [name, topic] of second.found) found.set(name, topic)
    }
    return names.map(answerOf)
  })

const missing = (name: string): MetadataTopic => ({
  errorCode: UNKNOWN_TOPIC_OR_PARTITION,
  name,
  topicId: '',
  isInternal: false,
  partitions: [],
  authorizedOperations: 0,
})
