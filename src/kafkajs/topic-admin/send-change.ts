import { KafkaError } from '../../kafka/kafka-error.ts'
import { answeredBy } from '../connection/answered-by.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { deadlineIn } from '../connection/deadline.ts'
import { isUnsent, type Link } from '../connection/link.ts'
import { retrying } from '../connection/retry.ts'
import { backoffMs, orAborted, pause } from '../connection/wait.ts'
import { metadataRequest } from '../protocol/metadata.ts'

/** What became of one item of a change, as every answer of this kind has it. */
interface ItemResult {
  readonly errorCode: number
}

/** A change to the cluster, and how long it may take. */
export interface Change<R extends ItemResult> {
  /** The request, for a controller that has this long, ms. */
  readonly request: (timeoutMs: number) => ApiRequest<readonly R[]>
  readonly deadlineMs: number
  /** The broker that has to carry it out; any one when left out. */
  readonly nodeId?: number | undefined
  readonly signal?: AbortSignal | undefined
}

const NOT_CONTROLLER = 41
/** The controller gives up this long before we do, so that its own answer still arrives, ms. */
const ANSWER_MARGIN_MS = 500

/**
 * A connection for changes to a broker that answers right now: a stopped one keeps its sockets, and a change sent to it
 * would end as OUTCOME_UNKNOWN. Under KRaft any broker forwards; without it only the controller carries changes out.
 */
const linkToLiveBroker = async (cluster: ClusterMap, isControllerWanted: boolean): Promise<Link> => {
  const { link, answer } = await cluster.askAny(one => answeredBy(one, metadataRequest([])))
  const controller = answer.brokers.find(({ nodeId }) => nodeId === answer.controllerId)
  const address = isControllerWanted && controller ? `${controller.host}:${controller.port}` : link.address
  return cluster.links.get(address, 'admin')
}

/** A connection for changes to one broker. @throws KafkaError BROKER_NOT_AVAILABLE when it is not in the cluster. */
const linkToBroker = async (cluster: ClusterMap, nodeId: number): Promise<Link> => {
  if (cluster.addressOf(nodeId) === undefined) await cluster.refresh()
  // As above: a broker that answers nothing gets no change either.
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
    const text = `${request.apiName} was sent but its answer did not come: it may or may not have been carried out`
    throw new KafkaError('OUTCOME_UNKNOWN', text, { cause: thrown })
  }
}

/**
 * Sends a change once and answers what became of each item. It is sent again only after NOT_CONTROLLER, which says that
 * nothing was done: a change repeated after a lost answer would report its own first success as TOPIC_ALREADY_EXISTS.
 * @throws KafkaError KAFKA_UNAVAILABLE and THROTTLING_QUOTA_EXCEEDED when nothing was sent, OUTCOME_UNKNOWN when it was and no answer came.
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
    await link.untilHeard(Math.max(deadline.leftMs - 2 * ANSWER_MARGIN_MS, 0))
    const results = await sendOn(link, change, Math.max(deadline.leftMs, 2 * ANSWER_MARGIN_MS))
    const isElsewhere = results.length > 0 && results.every(({ errorCode }) => errorCode === NOT_CONTROLLER)
    if (!isElsewhere || deadline.leftMs === 0) return results
    await pause(backoffMs(attempts), signal)
    signal?.throwIfAborted()
  }
}
