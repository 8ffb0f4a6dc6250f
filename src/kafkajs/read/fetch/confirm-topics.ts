import { metadataRequest } from '../../requests/cluster/metadata.ts'
import type { FetchedPartition } from '../../requests/messages/fetch.ts'
import type { Link } from '../../transport/link.ts'
import type { FetchTarget } from './fetch-once.ts'

/** INCONSISTENT_TOPIC_ID, a broker's error for a fetch by id. */
const INCONSISTENT_TOPIC_ID = 103

/** A response without any information about the log's contents needs no check of the topic. */
const isIdle = ({ errorCode, records, divergingEndOffset }: FetchedPartition): boolean =>
  errorCode === 0 && records.length === 0 && divergingEndOffset === null

/**
 * Converts responses by name to what responses by id would be. Asks the same broker which topics have these names: it
 * learns of a recreated topic before it serves that topic's log. Quiet partitions need no request.
 */
export const confirmTopics = async (
  link: Link,
  targets: readonly FetchTarget[],
  answers: readonly FetchedPartition[],
  idleMs: number,
): Promise<readonly FetchedPartition[]> => {
  const answered = new Set(answers.filter(answer => !isIdle(answer)).map(({ topicId }) => topicId))
  const logs = targets.map(({ position }) => position.log).filter(({ topicId }) => answered.has(topicId))
  if (logs.length === 0) return answers
  const { topics } = await link.call(metadataRequest([...new Set(logs.map(({ topic }) => topic))]), idleMs)
  const confirmed = new Set(topics.map(({ topicId }) => topicId))
  return answers.map(answer =>
    isIdle(answer) || confirmed.has(answer.topicId) ? answer : { ...answer, errorCode: INCONSISTENT_TOPIC_ID },
  )
}
