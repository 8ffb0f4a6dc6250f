import { isFailure, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Call } from '../../../kafka/ports/call.ts'
import type { NewPartitions, ValidateOption } from '../../../kafka/ports/topic-admin.ts'
import type { TopicName } from '../../../kafka/topic-name.ts'
import { createPartitionsRequest } from '../../requests/topics/create-partitions.ts'
import { boundsOf, leftMs } from '../../transport/call-bounds.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { resultsByName, unanswered } from '../change/each-once.ts'
import { sendChange } from '../change/send-change.ts'
import { untilKnownEverywhere } from '../change/until-known-everywhere.ts'
import type { TopicAdminLimits } from './topic-admin-limits.ts'

/** Adds partitions to a topic. Resolves once every broker knows them, each with a leader. */
export const createPartitions = async (
  cluster: ClusterMap,
  call: Call,
  wanted: NewPartitions,
  { deadlineMs, propagationMs }: TopicAdminLimits,
  { validateOnly = false }: ValidateOption,
): Promise<Outcome<TopicName>> => {
  const { topic, totalCount } = wanted
  const results = await resultsByName([topic], () =>
    sendChange(cluster, {
      request: timeoutMs => createPartitionsRequest([wanted], { timeoutMs, validateOnly }),
      ...boundsOf(call, deadlineMs),
    }),
  )
  const outcome = results.get(topic) ?? unanswered(topic)
  if (isFailure(outcome)) return outcome
  if (!validateOnly) {
    await untilKnownEverywhere(cluster, {
      topics: [topic],
      isVisible: ({ partitions }) => partitions.length >= totalCount && partitions.every(({ leader }) => leader >= 0),
      withinMs: leftMs(call, propagationMs),
      signal: call.signal,
    })
  }
  return topic
}
