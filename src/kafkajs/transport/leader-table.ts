import type { MetadataPartition, MetadataTopic } from '../requests/cluster/metadata.ts'

/** The last known leader of a partition. */
export interface Leader {
  /** Node id; null if the partition has no leader. */
  readonly nodeId: number | null
  readonly leaderEpoch: number
  /** Changes whenever the leader moves. A response requested under an older generation is late and must be dropped. */
  readonly generation: number
}

/** The known state of one topic: its id and leaders by partition, or Kafka's error for it. */
export interface TopicLeaders {
  readonly errorCode: number
  readonly topicId: string
  readonly leaders: readonly Leader[]
  /** Time of the response, by performance.now(). */
  readonly at: number
}

const NO_LEADER = -1

/** The leaders of all watched topics, plus those requested recently. */
export class LeaderTable {
  readonly #topics = new Map<string, TopicLeaders>()
  readonly #watchers = new Map<string, number>()
  readonly #listeners = new Set<(topic: string) => void>()

  /** Keeps a topic's leaders fresh until disposed. */
  watch(topic: string): Disposable {
    this.#watchers.set(topic, (this.#watchers.get(topic) ?? 0) + 1)
    let isWatching = true
    return {
      [Symbol.dispose]: () => {
        if (!isWatching) return
        isWatching = false
        const left = (this.#watchers.get(topic) ?? 1) - 1
        if (left > 0) this.#watchers.set(topic, left)
        else this.#watchers.delete(topic)
      },
    }
  }

  get watched(): readonly string[] {
    return [...this.#watchers.keys()]
  }

  /** True if a partition of a watched topic has no leader. */
  get isMissingOne(): boolean {
    return this.watched.some(topic => this.#topics.get(topic)?.leaders.some(leader => leader.nodeId === null) ?? true)
  }

  /** The known state of a topic; undefined if it was never requested. */
  topic(name: string): TopicLeaders | undefined {
    return this.#topics.get(name)
  }

  /** The last known leader of a partition; undefined if unknown. */
  leaderOf(topic: string, partition: number): Leader | undefined {
    return this.#topics.get(topic)?.leaders[partition]
  }

  /** Calls back with the name of each topic whose id, leaders or error changed, until disposed. */
  onChange(listener: (topic: string) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) }
  }

  /** Merges a response. Ignores leaders with an older epoch than known, because that broker lags behind. */
  learn(topics: readonly MetadataTopic[]): void {
    const at = performance.now()
    for (const topic of topics) {
      const known = this.#topics.get(topic.name)
      const merged = merge(known, topic, at)
      this.#topics.set(topic.name, merged)
      if (hasChanged(known, merged)) for (const listener of [...this.#listeners]) listener(topic.name)
    }
    this.#forgetOld(at)
  }

  /** Unwatched topics are forgotten a minute after the last response about them. */
  #forgetOld(now: number): void {
    for (const [name, topic] of this.#topics) {
      if (!this.#watchers.has(name) && now - topic.at > 60_000) this.#topics.delete(name)
    }
  }
}

let generations = 0

const merge = (known: TopicLeaders | undefined, topic: MetadataTopic, at: number): TopicLeaders => {
  const { errorCode, topicId } = topic
  // A topic that cannot be described right now (a lagging broker, an election) keeps its known leaders.
  if (errorCode !== 0 && topic.partitions.length === 0) {
    return { errorCode, topicId: known?.topicId ?? topicId, leaders: known?.leaders ?? [], at }
  }
  const before = known?.topicId === topicId ? known.leaders : []
  const leaders: Leader[] = []
  for (const partition of topic.partitions) {
    leaders[partition.partition] = mergeLeader(before[partition.partition], partition)
  }
  return { errorCode, topicId, leaders, at }
}

const mergeLeader = (known: Leader | undefined, { leader, leaderEpoch }: MetadataPartition): Leader => {
  const nodeId = leader === NO_LEADER ? null : leader
  if (known !== undefined && leaderEpoch < known.leaderEpoch) return known
  if (known?.nodeId === nodeId) {
    return known.leaderEpoch === leaderEpoch ? known : { nodeId, leaderEpoch, generation: known.generation }
  }
  return { nodeId, leaderEpoch, generation: ++generations }
}

const hasChanged = (known: TopicLeaders | undefined, now: TopicLeaders): boolean =>
  known === undefined ||
  known.errorCode !== now.errorCode ||
  known.topicId !== now.topicId ||
  known.leaders.length !== now.leaders.length ||
  now.leaders.some((leader, partition) => leader !== known.leaders[partition])
