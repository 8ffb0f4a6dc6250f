import { isFailure, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { TopicName } from '../../../kafka/topic-name.ts'
import { deleteTopicsRequest } from '../../requests/topics/delete-topics.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { checkItems, resultsByName, unanswered } from '../change/each-once.ts'
import { sendChange } from '../change/send-change.ts'
import { untilKnownEverywhere } from '../change/until-known-everywhere.ts'
import type { TopicAdminLimits } from './topic-admin-limits.ts'

/** Deletes topics. Resolves once no broker knows them any more. */
export const deleteTopics = async (
  cluster: ClusterMap,
  call: Call,
  names: readonly TopicName[],
  { deadlineMs, propagationMs }: TopicAdminLimits,
): Promise<readonly Outcome<TopicName>[]> => {
  const { sound, problems } = checkItems(names, name => name)
  const results = await resultsByName(sound, () =>
    sendChange(cluster, { request: timeoutMs => deleteTopicsRequest(sound, timeoutMs), ...boundsOf(call, deadlineMs) }),
  )
  const gone = new Map([...results].flatMap(([name, one]) => (isFailure(one) ? [] : [[name, one.topicId] as const])))
  await untilKnownEverywhere(cluster, {
    topics: [...gone.keys()],
    // The topic may have been recreated meanwhile; that is another topic.
    isVisible: ({ name, errorCode, topicId }) => errorCode !== 0 || topicId !== gone.get(name),
    withinMs: leftMs(call, propagationMs),
    signal: call.signal,
  })
  return names.map(name => {
    const outcome = problems.get(name) ?? results.get(name) ?? unanswered(name)
    return isFailure(outcome) ? outcome : name
  })
}
