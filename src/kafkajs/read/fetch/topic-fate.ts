import type { LogFault } from '../../../kafka/ports/log-source.ts'
import type { LeaderTable } from '../../transport/leader-table.ts'
import type { LogPosition } from './log-position.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/**
 * A new topic is briefly unknown to some brokers, and a lagging broker may still report its predecessor. A topic
 * missing for this long is considered deleted, in ms.
 */
const GONE_MS = 2000

/**
 * The fault that ended the log's topic; null while the topic exists or its absence is too recent (see
 * `goneSince`).
 */
export const topicFate = (leaders: LeaderTable, position: LogPosition): LogFault | null => {
  const { log } = position
  const topic = leaders.topic(log.topic)
  if (topic === undefined) return null
  const isUnknown = topic.errorCode === UNKNOWN_TOPIC_OR_PARTITION
  if (!isUnknown && topic.topicId === log.topicId) {
    position.goneSince = null
    return null
  }
  position.goneSince ??= performance.now()
  if (performance.now() - position.goneSince <= GONE_MS) return null
  return isUnknown ? { kind: 'deleted' } : { kind: 'recreated', topicId: topic.topicId }
}
