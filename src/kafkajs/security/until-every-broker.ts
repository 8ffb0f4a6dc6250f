import type { ApiRequest } from '../connection/api-request.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { orAborted, pause } from '../connection/wait.ts'

/** What tells that a broker has heard of a change. */
export interface Heard<T> {
  readonly request: ApiRequest<T>
  readonly hasHeard: (answer: T) => boolean
  readonly withinMs: number
  readonly signal?: AbortSignal | undefined
}

/** Between two questions to the same broker, ms. */
const POLL_MS = 25

const untilBroker = async <T>(cluster: ClusterMap, nodeId: number, heard: Heard<T>, until: AbortSignal) => {
  while (!until.aborted) {
    if (heard.hasHeard(await cluster.askNode(nodeId, () => heard.request))) return
    await pause(POLL_MS, until)
  }
}

/**
 * Waits until every broker that answers has heard of a change, so that whatever is asked next, of whichever broker, knows
 * it. The controller answers a change before brokers have it. Never fails: the change itself is done.
 */
export const untilEveryBroker = async <T>(cluster: ClusterMap, heard: Heard<T>): Promise<void> => {
  const time = AbortSignal.timeout(heard.withinMs)
  const until = heard.signal ? AbortSignal.any([heard.signal, time]) : time
  try {
    // A broker that cannot be asked, or does not allow it, is not waited for.
    const all = cluster.nodeIds.map(nodeId => untilBroker(cluster, nodeId, heard, until))
    await orAborted(Promise.allSettled(all), until)
  } catch {
    // Time is up: the change is done all the same.
  }
}
