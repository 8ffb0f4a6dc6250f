/** The part of KafkaJS's RequestQueue that polls requests delayed by throttling. */
export interface WaitingQueue {
  readonly pending: readonly unknown[]
  scheduleCheckPendingRequests(): void
}

/**
 * Stops the polling of connections without waiting requests. KafkaJS polls every millisecond from the first response
 * on, as long as the connection is open: 5 % of a core for ten idle connections. Node 24 also warns of its negative
 * timeouts.
 */
export const quietQueue = (queue: WaitingQueue): void => {
  const schedule = queue.scheduleCheckPendingRequests.bind(queue)
  queue.scheduleCheckPendingRequests = () => {
    if (queue.pending.length > 0) schedule()
  }
}
