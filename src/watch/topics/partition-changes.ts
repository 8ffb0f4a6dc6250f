import type { PartitionDescription, TopicDescription } from '../../kafka/cluster.ts'
import type { PartitionChange } from '../../kafka/ports/watches.ts'
import type { Advance } from '../poll/advance.ts'
import { deletion, recreation, type TopicsSnapshot } from './topics-look.ts'

/**
 * One election raises the epoch by one. If the same leader returns with an epoch two higher, another leader was elected
 * in between.
 */
const THERE_AND_BACK = 2

const elections = (before: PartitionDescription, now: PartitionDescription): number =>
  (now.leaderEpoch ?? 0) - (before.leaderEpoch ?? 0)

const leaderChange = (
  topic: TopicDescription,
  before: PartitionDescription,
  partition: PartitionDescription,
): readonly PartitionChange[] => {
  const { leader: from } = before
  const { leader: to } = partition
  if (to === null) return from === null ? [] : [{ kind: 'partitionWentOffline', topic, partition }]
  if (from === to && elections(before, partition) < THERE_AND_BACK) return []
  return [{ kind: 'leaderChanged', topic, partition, from, to }]
}

const isrChange = (
  topic: TopicDescription,
  before: PartitionDescription,
  partition: PartitionDescription,
): readonly PartitionChange[] => {
  const added = partition.isr.filter(node => !before.isr.includes(node))
  const removed = before.isr.filter(node => !partition.isr.includes(node))
  return added.length + removed.length === 0 ? [] : [{ kind: 'isrChanged', topic, partition, added, removed }]
}

const changesOf = (before: TopicDescription, topic: TopicDescription): readonly PartitionChange[] =>
  topic.partitions.flatMap((partition, index) => {
    const known = before.partitions[index]
    if (known === undefined || known === partition) return []
    return [...leaderChange(topic, known, partition), ...isrChange(topic, known, partition)]
  })

const eventsOf = (seen: TopicsSnapshot, newest: TopicsSnapshot): readonly PartitionChange[] =>
  [...newest.topics.values()].flatMap(topic => {
    const before = seen.topics.get(topic.name)
    // A new topic or partition only sets the baseline: `topicChanged` reports its creation.
    return before === undefined || before === topic || before.topicId !== topic.topicId ? [] : changesOf(before, topic)
  })

/** Changes of leaders, in-sync replicas and offline partitions of all topics. */
export const partitionChanges: Advance<TopicsSnapshot, PartitionChange> = (seen, newest) => ({
  seen: newest,
  events: eventsOf(seen, newest),
  end: null,
})

/** The same for named topics; ends when one of them is deleted. */
export const namedPartitionChanges: Advance<TopicsSnapshot, PartitionChange> = (seen, newest) => ({
  ...partitionChanges(seen, newest),
  end: deletion(seen, newest) ?? recreation(seen, newest),
})
