import type { LogFault } from '../../kafka/ports/log-source.ts'
import type { LeaderTable } from '../connection/leader-table.ts'
import type { LogCursor } from './log-cursor.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/**
 * A topic that is just being created is unknown to some brokers for a moment, and one that lags behind names its predecessor:
 * what is gone for this long, ms, is gone.
 */
const GONE_MS = 2000

/** The fault that ended the topic of a cursor's log; null while it lives or is not given up yet: `goneSince` tells. */
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
