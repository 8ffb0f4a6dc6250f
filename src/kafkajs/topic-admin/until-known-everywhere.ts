import type { ClusterMap } from '../connection/cluster-map.ts'
import { orAborted, pause } from '../connection/wait.ts'
import { type MetadataTopic, metadataRequest } from '../protocol/metadata.ts'

/** News about topics, and how long every broker may take to hear of it. */
export interface News {
  readonly topics: readonly string[]
  /** True for a topic as a broker describes it once the broker has heard. */
  readonly hasHeard: (topic: MetadataTopic) => boolean
  readonly withinMs: number
  readonly signal?: AbortSignal | undefined
}

/** Of a topic that one may create but not see: whether the broker has heard of it cannot be known. */
const TOPIC_AUTHORIZATION_FAILED = 29

/** Between two questions to the same broker, ms. */
const POLL_MS = 25

const untilBrokerHasHeard = async (cluster: ClusterMap, nodeId: number, news: News, until: AbortSignal) => {
  while (!until.aborted) {
    const answer = await cluster.askNode(nodeId, () => metadataRequest(news.topics))
    if (answer.topics.every(topic => topic.errorCode === TOPIC_AUTHORIZATION_FAILED || news.hasHeard(topic))) return
    await pause(POLL_MS, until)
  }
}

/**
 * Waits until every broker that answers has heard of a change, so that whatever is asked next, of whichever broker, knows
 * it; then this process's own table of leaders learns it too. Never fails: the change itself is done.
 */
export const untilKnownEverywhere = async (cluster: ClusterMap, news: News): Promise<void> => {
  if (news.topics.length === 0) return
  const until = new AbortController()
  const giveUp = () => until.abort()
  const timer = setTimeout(giveUp, news.withinMs)
  news.signal?.addEventListener('abort', giveUp, { once: true })
  if (news.signal?.aborted) giveUp()
  try {
    await orAborted(cluster.refresh(), until.signal)
    const all = cluster.nodeIds.map(nodeId => untilBrokerHasHeard(cluster, nodeId, news, until.signal))
    // A broker that cannot be asked hears of it when it is back.
    await orAborted(Promise.allSettled(all), until.signal)
    await orAborted(cluster.refresh(news.topics), until.signal)
  } catch {
    // Time is up, or Kafka has gone: the change is done all the same.
  } finally {
    giveUp()
    clearTimeout(timer)
    news.signal?.removeEventListener('abort', giveUp)
  }
}
