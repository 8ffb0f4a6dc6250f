import { type MetadataTopic, metadataRequest } from '../../requests/cluster/metadata.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { orAborted, pause } from '../../transport/wait.ts'

/** A change of topics, and how long every broker may take to learn of it. */
export interface Visibility {
  readonly topics: readonly string[]
  /** True for a broker's topic description that includes the change. */
  readonly isVisible: (topic: MetadataTopic) => boolean
  readonly withinMs: number
  readonly signal?: AbortSignal | undefined
}

/** The caller may create the topic but not see it, so it cannot be known whether the broker has learned of it. */
const TOPIC_AUTHORIZATION_FAILED = 29

/** Interval between requests to the same broker, in ms. */
const POLL_MS = 25

const untilBrokerHasHeard = async (cluster: ClusterMap, nodeId: number, news: Visibility, until: AbortSignal) => {
  while (!until.aborted) {
    const answer = await cluster.askNode(nodeId, () => metadataRequest(news.topics))
    if (answer.topics.every(topic => topic.errorCode === TOPIC_AUTHORIZATION_FAILED || news.isVisible(topic))) return
    await pause(POLL_MS, until)
  }
}

/**
 * Waits until every responding broker knows of a change, so that the next request to any broker sees it. Then updates
 * this process's leader table. Never fails, because the change itself is done.
 */
export const untilKnownEverywhere = async (cluster: ClusterMap, news: Visibility): Promise<void> => {
  if (news.topics.length === 0) return
  const until = new AbortController()
  const giveUp = () => until.abort()
  const timer = setTimeout(giveUp, news.withinMs)
  news.signal?.addEventListener('abort', giveUp, { once: true })
  if (news.signal?.aborted) giveUp()
  try {
    await orAborted(cluster.refresh(), until.signal)
    const all = cluster.nodeIds.map(nodeId => untilBrokerHasHeard(cluster, nodeId, news, until.signal))
    // A broker that is down learns of the change when it returns.
    await orAborted(Promise.allSettled(all), until.signal)
    await orAborted(cluster.refresh(news.topics), until.signal)
  } catch {
    // Time is up or Kafka is down; the change is done anyway.
  } finally {
    giveUp()
    clearTimeout(timer)
    news.signal?.removeEventListener('abort', giveUp)
  }
}
