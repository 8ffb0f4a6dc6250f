import type { ConfigEntry, ConfigResource, TopicDescription } from '../../kafka/cluster.ts'
import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { TopicChange } from '../../kafka/ports/watches.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import type { Advance } from '../poll/advance.ts'
import type { Look } from '../poll/shared-poll.ts'
import { throwIfUnsupported } from '../poll/unsupported.ts'

interface TopicConfigs {
  readonly topic: TopicDescription
  readonly entries: ReadonlyMap<string, ConfigEntry>
}

/** Topic configs as last reported. */
export interface ConfigsSnapshot {
  readonly topics: ReadonlyMap<TopicName, TopicConfigs>
}

/** Which configs to poll, and how. */
export interface ConfigsWatched {
  /** The watched topics that exist now, ordered by name. */
  topics(): readonly TopicDescription[]
  describe(resources: readonly ConfigResource[]): Promise<readonly Outcome<readonly ConfigEntry[]>[]>
  /** How many topics one poll asks about; the next poll continues after them. */
  readonly atOnce: number
}

const isAsBefore = (before: TopicConfigs | undefined, topic: TopicDescription, entries: readonly ConfigEntry[]) =>
  before?.topic.topicId === topic.topicId &&
  before.entries.size === entries.length &&
  entries.every(({ name, value, source }) => {
    const known = before.entries.get(name)
    return known?.value === value && known.source === source
  })

/** Polls configs in turns of `atOnce` topics. */
export const configsLook = ({ topics, describe, atOnce }: ConfigsWatched): Look<ConfigsSnapshot> => {
  let turn = 0
  return async previous => {
    const all = topics()
    const from = turn < all.length ? turn : 0
    const chosen = all.slice(from, from + atOnce)
    turn = from + chosen.length
    const outcomes = await describe(chosen.map(({ name }) => ({ type: 'TOPIC', name })))
    throwIfUnsupported(outcomes)
    const kept = new Map<TopicName, TopicConfigs>()
    for (const { name } of all) {
      const before = previous?.topics.get(name)
      if (before !== undefined) kept.set(name, before)
    }
    let isChanged = previous === null || kept.size !== previous.topics.size
    for (const [index, topic] of chosen.entries()) {
      const reported = outcomes[index]
      // Configs that may not be read, or whose topic is being deleted, are skipped.
      if (reported === undefined || isFailure(reported) || isAsBefore(kept.get(topic.name), topic, reported)) continue
      kept.set(topic.name, { topic, entries: new Map(reported.map(entry => [entry.name, entry])) })
      isChanged = true
    }
    return isChanged || previous === null ? { topics: kept } : previous
  }
}

const changedEntries = (before: TopicConfigs, now: TopicConfigs): readonly ConfigEntry[] =>
  [...now.entries.values()].filter(({ name, value, source }) => {
    const known = before.entries.get(name)
    return known?.value !== value || known.source !== source
  })

/** Configs whose value or source changed. Topics without an earlier snapshot are skipped. */
export const configChanges: Advance<ConfigsSnapshot, TopicChange> = (seen, newest) => ({
  seen: newest,
  events: [...newest.topics.values()].flatMap(now => {
    const before = seen.topics.get(now.topic.name)
    if (before === undefined || before === now || before.topic.topicId !== now.topic.topicId) return []
    const entries = changedEntries(before, now)
    return entries.length === 0 ? [] : [{ kind: 'topicConfigChanged' as const, topic: now.topic, entries }]
  }),
  end: null,
})
