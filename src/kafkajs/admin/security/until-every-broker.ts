import type { ClusterMap } from '../../transport/cluster-map.ts'
import { orAborted, pause } from '../../transport/wait.ts'
import type { ApiRequest } from '../../wire/api-request.ts'

/** How to find out that a broker knows of a change. */
export interface Heard<T> {
  readonly request: ApiRequest<T>
  readonly isVisible: (answer: T) => boolean
  readonly withinMs: number
  readonly signal?: AbortSignal | undefined
}

/** Interval between requests to the same broker, in ms. */
const POLL_MS = 25

const untilBroker = async <T>(cluster: ClusterMap, nodeId: number, heard: Heard<T>, until: AbortSignal) => {
  while (!until.aborted) {
    if (heard.isVisible(await cluster.askNode(nodeId, () => heard.request))) return
    await pause(POLL_MS, until)
  }
}

/**
 * Waits until every responding broker knows of a change, so that the next request to any broker sees it. The controller
 * responds before brokers know the change. Never fails, because the change itself is done.
 */
export const untilEveryBroker = async <T>(cluster: ClusterMap, heard: Heard<T>): Promise<void> => {
  const time = AbortSignal.timeout(heard.withinMs)
  const until = heard.signal ? AbortSignal.any([heard.signal, time]) : time
  try {
    // A broker that is down or refuses the request is skipped.
    const all = cluster.nodeIds.map(nodeId => untilBroker(cluster, nodeId, heard, until))
    await orAborted(Promise.allSettled(all), until)
  } catch {
    // Time is up; the change is done anyway.
  }
}
