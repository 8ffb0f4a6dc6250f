import type { MetadataPartition, MetadataTopic } from '../protocol/metadata.ts'

/** A partition's leader as last seen. */
export interface Leader {
  /** Node id; null while the partition has no leader. */
  readonly nodeId: number | null
  readonly leaderEpoch: number
  /** Another number whenever the leader moves: an answer asked for under an older one is late and must be dropped. */
  readonly generation: number
}

/** What is known of one topic: its id and leaders by partition, or the error that Kafka gave for it. */
export interface TopicLeaders {
  readonly errorCode: number
  readonly topicId: string
  readonly leaders: readonly Leader[]
  /** Of the answer, by performance.now(). */
  readonly at: number
}

const NO_LEADER = -1

/** The leaders of every topic that somebody watches, plus those asked for lately. */
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

  /** True while a partition of a watched topic has no leader. */
  get isMissingOne(): boolean {
    return this.watched.some(topic => this.#topics.get(topic)?.leaders.some(leader => leader.nodeId === null) ?? true)
  }

  /** What is known of a topic now; undefined when nobody has asked for it yet. */
  topic(name: string): TopicLeaders | undefined {
    return this.#topics.get(name)
  }

  /** A partition's leader as last seen; undefined when it is not known. */
  leaderOf(topic: string, partition: number): Leader | undefined {
    return this.#topics.get(topic)?.leaders[partition]
  }

  /** Calls back with the name of each topic whose id, leaders or error changed, until disposed. */
  onChange(listener: (topic: string) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) }
  }

  /** Takes in an answer. One of an older leader epoch than known comes from a broker that lags behind: it is passed over. */
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

  /** Topics nobody watches are forgotten a minute after the last answer about them. */
  #forgetOld(now: number): void {
    for (const [name, topic] of this.#topics) {
      if (!this.#watchers.has(name) && now - topic.at > 60_000) this.#topics.delete(name)
    }
  }
}

let generations = 0

const merge = (known: TopicLeaders | undefined, topic: MetadataTopic, at: number): TopicLeaders => {
  const { errorCode, topicId } = topic
  // A topic that cannot be described now (a broker that has not heard of it, an election) keeps its leaders as they were.
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
