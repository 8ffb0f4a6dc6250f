import type { ConfigEntry, ConfigResource, TopicDescription } from '../../kafka/cluster.ts'
import type { Outcome } from '../../kafka/errors/kafka-error.ts'
import type { PartitionChange, TopicChange, TopicThroughput, Watches } from '../../kafka/ports/watches.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { remembered } from '../poll/advance.ts'
import { batched } from '../poll/batched.ts'
import { type OpenPosition, positionIn } from '../poll/open-watch.ts'
import type { View } from '../poll/position.ts'
import type { SharedPoll } from '../poll/shared-poll.ts'
import type { WatchRegistry } from '../poll/watch-registry.ts'
import { type ConfigsSnapshot, configChanges, configsLook } from './config-changes.ts'
import { namedPartitionChanges, partitionChanges } from './partition-changes.ts'
import { type EndsQuestions, type EndsSnapshot, endsLook, throughput } from './throughput.ts'
import { topicChanges } from './topic-changes.ts'
import { mustExist, type TopicsSnapshot, topicsLook } from './topics-look.ts'

const ALL = '*'

type DescribeConfigs = (resources: readonly ConfigResource[]) => Promise<readonly Outcome<readonly ConfigEntry[]>[]>

/** Sorted and without duplicates, so that the same set of names shares one poll. */
const distinct = (names: readonly TopicName[]): readonly TopicName[] => [...new Set(names)].sort()

/** The watches of topics and partitions. */
export class TopicWatches implements Pick<Watches, 'partitionChanges' | 'topicChanges' | 'topicThroughput'> {
  readonly #registry: WatchRegistry
  readonly #topics
  readonly #configs
  readonly #ends
  readonly #questions: EndsQuestions
  readonly #describeConfigs
  readonly #partitionChanges = remembered(partitionChanges)
  readonly #namedPartitionChanges = remembered(namedPartitionChanges)
  readonly #topicChanges = remembered(topicChanges)
  readonly #configChanges = remembered(configChanges)
  readonly #throughput = remembered(throughput)

  constructor(registry: WatchRegistry, describeConfigs: DescribeConfigs, questions: EndsQuestions) {
    this.#registry = registry
    this.#topics = registry.polls<TopicsSnapshot>()
    this.#configs = registry.polls<ConfigsSnapshot>()
    this.#ends = registry.polls<EndsSnapshot>()
    this.#questions = questions
    this.#describeConfigs = batched(describeConfigs, ({ name }) => name)
  }

  partitionChanges: Watches['partitionChanges'] = (call, { topics, intervalMs }) => {
    const names = topics && distinct(topics)
    return this.#registry.open<PartitionChange>([positionIn(() => this.#partitionView(names, intervalMs))], call)
  }

  topicChanges: Watches['topicChanges'] = (call, { matches, key }) => {
    const accepts = ({ topic }: TopicChange) => matches(topic)
    const { clusterMs, configsMs } = this.#registry.limits
    const topics: OpenPosition<TopicChange> = positionIn(() => ({
      poll: this.#topicsPoll(null),
      intervalMs: clusterMs,
      advance: this.#topicChanges,
      accepts,
    }))
    const configs: OpenPosition<TopicChange> = positionIn(() => ({
      poll: this.#configsPoll(matches, key),
      intervalMs: configsMs,
      advance: this.#configChanges,
    }))
    return this.#registry.open<TopicChange>([topics, configs], call)
  }

  topicThroughput: Watches['topicThroughput'] = (call, { topics, intervalMs }) => {
    const names = distinct(topics)
    const view = (): View<EndsSnapshot, readonly TopicThroughput[]> => ({
      poll: this.#ends.of(names.join(), () => endsLook(names, this.#questions)),
      intervalMs,
      advance: this.#throughput,
      first: snapshot => {
        mustExist(names, snapshot)
        return []
      },
    })
    return this.#registry.open<readonly TopicThroughput[]>([positionIn(view)], call)
  }

  #partitionView(names: readonly TopicName[] | null, intervalMs: number): View<TopicsSnapshot, PartitionChange> {
    const poll = this.#topicsPoll(names)
    if (names === null) return { poll, intervalMs, advance: this.#partitionChanges }
    return {
      poll,
      intervalMs,
      advance: this.#namedPartitionChanges,
      first: snapshot => {
        mustExist(names, snapshot)
        return []
      },
    }
  }

  #topicsPoll(names: readonly TopicName[] | null): SharedPoll<TopicsSnapshot> {
    return this.#topics.of(names?.join() ?? ALL, () => topicsLook(names, this.#questions))
  }

  /** The configs of all topics that one filter accepts; the poll of all topics provides the list. */
  #configsPoll(matches: (topic: TopicDescription) => boolean, key: string): SharedPoll<ConfigsSnapshot> {
    const topics = (): readonly TopicDescription[] => {
      const known = this.#topicsPoll(null).latest?.topics.values() ?? []
      return [...known].filter(matches).sort((one, other) => (one.name < other.name ? -1 : 1))
    }
    const describe = this.#describeConfigs
    return this.#configs.of(key, () => configsLook({ topics, describe, atOnce: this.#registry.limits.configTopics }))
  }
}
