import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { metadataRequest } from '../../requests/cluster/metadata.ts'
import { answeredBy } from '../../transport/answered-by.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { deadlineIn } from '../../transport/deadline.ts'
import { isUnsent, type Link } from '../../transport/link.ts'
import { retrying } from '../../transport/retry.ts'
import { backoffMs, orAborted, pause } from '../../transport/wait.ts'
import type { ApiRequest } from '../../wire/api-request.ts'

/** The result of one item, as in every response of this kind. */
interface ItemResult {
  readonly errorCode: number
}

/** A change to the cluster and its time limit. */
export interface Change<R extends ItemResult> {
  /** Makes the request. `timeoutMs` is the time limit of the controller. */
  readonly request: (timeoutMs: number) => ApiRequest<readonly R[]>
  readonly deadlineMs: number
  /** The broker that must handle it; any broker if omitted. */
  readonly nodeId?: number | undefined
  readonly signal?: AbortSignal | undefined
}

const NOT_CONTROLLER = 41
/** The controller gives up this much earlier than we do, so that its own response still arrives, in ms. */
const ANSWER_MARGIN_MS = 500

/**
 * Opens a connection for changes to a broker that answers right now. A stopped broker keeps its sockets, and a change
 * sent to it would end as OUTCOME_UNKNOWN. Under KRaft any broker forwards changes; without it only the controller
 * accepts them.
 */
const linkToLiveBroker = async (cluster: ClusterMap, isControllerWanted: boolean): Promise<Link> => {
  const { link, answer } = await cluster.askAny(one => answeredBy(one, metadataRequest([])))
  const controller = answer.brokers.find(({ nodeId }) => nodeId === answer.controllerId)
  const address = isControllerWanted && controller ? `${controller.host}:${controller.port}` : link.address
  return cluster.links.get(address, 'admin')
}

/**
 * Opens a connection for changes to one broker. @throws KafkaError BROKER_NOT_AVAILABLE if it is not in the cluster.
 */
const linkToBroker = async (cluster: ClusterMap, nodeId: number): Promise<Link> => {
  if (cluster.addressOf(nodeId) === undefined) await cluster.refresh()
  // Like linkToLiveBroker: a broker that does not answer must not receive the change.
  const { link } = await cluster.askNode(nodeId, one => answeredBy(one, metadataRequest([])))
  return cluster.links.get(link.address, 'admin')
}

const sendOn = async <R extends ItemResult>(link: Link, change: Change<R>, leftMs: number): Promise<readonly R[]> => {
  const request = change.request(Math.max(leftMs - ANSWER_MARGIN_MS, ANSWER_MARGIN_MS))
  try {
    return await orAborted(link.call(request, leftMs), change.signal)
  } catch (thrown) {
    if (change.signal?.aborted) throw thrown
    if (isUnsent(thrown)) throw thrown
    const text = `${request.apiName} was sent but the response was lost: it may or may not have been carried out`
    throw new KafkaError('OUTCOME_UNKNOWN', text, { cause: thrown })
  }
}

/**
 * Sends a change once and returns the result of each item. Sends it again only after NOT_CONTROLLER, which states that
 * nothing was done. A repeat after a lost response would report its own success as TOPIC_ALREADY_EXISTS.
 * @throws KafkaError KAFKA_UNAVAILABLE and THROTTLING_QUOTA_EXCEEDED if nothing was sent, OUTCOME_UNKNOWN if the
 * response was lost.
 */
export const sendChange = async <R extends ItemResult>(
  cluster: ClusterMap,
  change: Change<R>,
): Promise<readonly R[]> => {
  const { deadlineMs, nodeId, signal } = change
  const deadline = deadlineIn(deadlineMs)
  for (let attempts = 1; ; attempts++) {
    const bounds = { deadlineMs: Math.max(deadline.leftMs, 1), signal }
    const link = await retrying(bounds, () =>
      nodeId === undefined ? linkToLiveBroker(cluster, attempts > 1) : linkToBroker(cluster, nodeId),
    )
    await link.untilUnthrottled(Math.max(deadline.leftMs - 2 * ANSWER_MARGIN_MS, 0))
    const results = await sendOn(link, change, Math.max(deadline.leftMs, 2 * ANSWER_MARGIN_MS))
    const isElsewhere = results.length > 0 && results.every(({ errorCode }) => errorCode === NOT_CONTROLLER)
    if (!isElsewhere || deadline.leftMs === 0) return results
    await pause(backoffMs(attempts), signal)
    signal?.throwIfAborted()
  }
}
