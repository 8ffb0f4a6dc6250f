import type { LogFault } from '../../../kafka/ports/log-source.ts'
import type { LeaderTable } from '../../transport/leader-table.ts'
import type { LogCursor } from './log-cursor.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/**
 * A new topic is briefly unknown to some brokers, and a lagging broker may still report its predecessor. A topic
 * missing for this long is considered deleted, in ms.
 */
const GONE_MS = 2000

/**
 * The fault that ended the topic of a cursor's log; null while the topic exists or its absence is too recent (see
 * `goneSince`).
 */
export const topicFate = (leaders: LeaderTable, cursor: LogCursor): LogFault | null => {
  const { log } = cursor
  const topic = leaders.topic(log.topic)
  if (topic === undefined) return null
  const isUnknown = topic.errorCode === UNKNOWN_TOPIC_OR_PARTITION
  if (!isUnknown && topic.topicId === log.topicId) {
    cursor.goneSince = null
    return null
  }
  cursor.goneSince ??= performance.now()
  if (performance.now() - cursor.goneSince <= GONE_MS) return null
  return isUnknown ? { kind: 'deleted' } : { kind: 'recreated', topicId: topic.topicId }
}
