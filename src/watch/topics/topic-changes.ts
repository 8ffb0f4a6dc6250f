import type { TopicChange } from '../../kafka/ports/watches.ts'
import type { Advance } from '../poll/advance.ts'
import type { TopicsSnapshot } from './topics-look.ts'

const gone = (seen: TopicsSnapshot, newest: TopicsSnapshot): readonly TopicChange[] =>
  [...seen.topics.values()].flatMap(topic =>
    newest.topics.get(topic.name)?.topicId === topic.topicId ? [] : [{ kind: 'topicDeleted' as const, topic }],
  )

const come = (seen: TopicsSnapshot, newest: TopicsSnapshot): readonly TopicChange[] =>
  [...newest.topics.values()].flatMap(topic =>
    seen.topics.get(topic.name)?.topicId === topic.topicId ? [] : [{ kind: 'topicCreated' as const, topic }],
  )

const grown = (seen: TopicsSnapshot, newest: TopicsSnapshot): readonly TopicChange[] =>
  [...newest.topics.values()].flatMap(topic => {
    const before = seen.topics.get(topic.name)
    const to = topic.partitions.length
    if (before?.topicId !== topic.topicId || before.partitions.length >= to) return []
    return [{ kind: 'partitionsAdded' as const, topic, from: before.partitions.length, to }]
  })

/** Topics created, deleted and extended. For a recreated topic the deletion comes first. */
export const topicChanges: Advance<TopicsSnapshot, TopicChange> = (seen, newest) => ({
  seen: newest,
  events: [...gone(seen, newest), ...come(seen, newest), ...grown(seen, newest)],
  end: null,
})
