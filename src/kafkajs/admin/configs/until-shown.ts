import type { ConfigResource } from '../../../kafka/cluster.ts'
import type { AlterConfigOp } from '../../../kafka/ports/config-admin.ts'
import { wireConfigResource } from '../../requests/configs/config-resource.ts'
import { describeConfigsRequest } from '../../requests/configs/describe-configs.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { orAborted, pause } from '../../transport/wait.ts'
import { configEntriesOf } from './config-entry.ts'
import { homeOf } from './config-home.ts'
import { hasOpShown } from './has-op-shown.ts'

/** A completed change, and how long brokers may take to show it. */
export interface DoneChange {
  readonly resource: ConfigResource
  readonly ops: readonly AlterConfigOp[]
  readonly withinMs: number
  readonly signal?: AbortSignal | undefined
}

/** Interval between requests to the same broker, in ms. */
const POLL_MS = 25

const untilBrokerShows = async (cluster: ClusterMap, nodeId: number, done: DoneChange, until: AbortSignal) => {
  const { resource, ops } = done
  const selection = { names: ops.map(({ name }) => name), synonyms: false, documentation: false }
  while (!until.aborted) {
    const ask = () => describeConfigsRequest([wireConfigResource(resource)], selection)
    const [answer] = await cluster.askNode(nodeId, ask)
    // A principal may be allowed to alter configs but not to read them.
    if (answer === undefined || answer.errorCode !== 0) return
    const entries = configEntriesOf(answer.configs)
    if (ops.every(op => hasOpShown(resource, op, entries))) return
    await pause(POLL_MS, until)
  }
}

/**
 * Waits until every broker that serves this resource's configs shows a change. The controller responds once the change
 * is written, and brokers learn of it one by one, so a read right after it would often return old values. Never fails,
 * because the change itself is done. If somebody else overwrites the change at once, this waits for the full time.
 */
export const untilShown = async (cluster: ClusterMap, done: DoneChange): Promise<void> => {
  const home = homeOf(done.resource)
  const until = new AbortController()
  const giveUp = () => until.abort()
  const timer = setTimeout(giveUp, done.withinMs)
  done.signal?.addEventListener('abort', giveUp, { once: true })
  if (done.signal?.aborted) giveUp()
  try {
    if (home === null) await orAborted(cluster.refresh(), until.signal)
    const nodeIds = home === null ? cluster.nodeIds : [home]
    // A broker that is down learns of the change when it returns.
    const all = nodeIds.map(nodeId => untilBrokerShows(cluster, nodeId, done, until.signal))
    await orAborted(Promise.allSettled(all), until.signal)
  } catch {
    // Time is up or Kafka is down; the change is done anyway.
  } finally {
    giveUp()
    clearTimeout(timer)
    done.signal?.removeEventListener('abort', giveUp)
  }
}
