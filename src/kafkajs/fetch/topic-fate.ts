import type { LogFault, LogId } from '../../kafka/log-source.ts'
import type { LeaderTable } from '../connection/leader-table.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/** A topic that is just being created is unknown to some brokers for a moment; one that is unknown this long, ms, is gone. */
const GONE_MS = 2000

/** Tells logs of deleted and recreated topics from those whose brokers have not heard of them yet. */
export class TopicFate {
  readonly #leaders: LeaderTable
  readonly #unknownSince = new Map<string, number>()

  constructor(leaders: LeaderTable) {
    this.#leaders = leaders
  }

  /** The fault that ended the log's topic; null while it lives or is not given up yet. */
  of(log: LogId): LogFault | null {
    const topic = this.#leaders.topic(log.topic)
    if (topic === undefined) return null
    if (topic.errorCode !== UNKNOWN_TOPIC_OR_PARTITION) {
      this.#unknownSince.delete(log.topic)
      return topic.topicId === log.topicId ? null : { kind: 'recreated', topicId: topic.topicId }
    }
    const since = this.#unknownSince.get(log.topic) ?? Date.now()
    this.#unknownSince.set(log.topic, since)
    return Date.now() - since > GONE_MS ? { kind: 'deleted' } : null
  }

  /** True while a topic is unknown but not given up: it should be asked for again soon. */
  isInDoubt(topic: string): boolean {
    return this.#unknownSince.has(topic)
  }

  /** Nobody reads the topic any more. */
  forget(topic: string): void {
    this.#unknownSince.delete(topic)
  }
}
