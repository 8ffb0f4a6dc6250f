import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { OffsetFound, OffsetRequest } from '../../../kafka/ports/catalog.ts'
import { partitionKey } from '../../../kafka/topic-partition.ts'
import { listOffsetsRequest } from '../../requests/messages/list-offsets.ts'
import { askLeaders, type LeaderBounds, type LeaderTalk } from '../../transport/ask-leaders.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { batchesOf, levelOf, offsetFoundOf, topicsOf } from './offset-batches.ts'

const unanswered = () =>
  new KafkaError('LEADER_NOT_AVAILABLE', 'the response of the leader does not contain this partition')

/** All requests of a batch have the same isolation level. */
const askLeader = async (
  cluster: ClusterMap,
  nodeId: number,
  questions: readonly OffsetRequest[],
): Promise<readonly Outcome<OffsetFound>[]> => {
  const [first] = questions
  if (first === undefined) return []
  const answers = await cluster.askNode(nodeId, () => listOffsetsRequest(topicsOf(questions), levelOf(first)))
  const found = new Map(answers.map(answer => [partitionKey(answer), answer]))
  return questions.map(({ topic, partition }) => {
    const answer = found.get(partitionKey({ topic, partition }))
    if (answer === undefined) return unanswered()
    return answer.errorCode === 0 ? offsetFoundOf(answer) : kafkaErrorAbout({ topic }, answer.errorCode)
  })
}

/**
 * One outcome per request, in order. Sends one ListOffsets request per leader. Results are neither cached nor shared,
 * so an offset read after a produce includes that message.
 */
export const listOffsets = (
  cluster: ClusterMap,
  requests: readonly OffsetRequest[],
  bounds: LeaderBounds,
): Promise<readonly Outcome<OffsetFound>[]> => {
  const talk: LeaderTalk<OffsetRequest, OffsetFound> = {
    batches: led => batchesOf(led).map(({ nodeId, items }) => ({ nodeId, items: [...items.values()] })),
    ask: (nodeId, questions) => askLeader(cluster, nodeId, questions),
  }
  return askLeaders(cluster, requests, talk, bounds)
}
