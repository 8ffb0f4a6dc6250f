/** The part of KafkaJS's RequestQueue that looks again at requests which wait because the broker asked for a pause. */
export interface WaitingQueue {
  readonly pending: readonly unknown[]
  scheduleCheckPendingRequests(): void
}

/**
 * Lets a connection on which nothing waits sleep. KafkaJS looks at it every millisecond for as long as it is open, from its
 * first answer on, and Node 24 warns of the negative time that it sets its timer to: 5 % of a core for ten idle connections.
 */
export const quietQueue = (queue: WaitingQueue): void => {
  const schedule = queue.scheduleCheckPendingRequests.bind(queue)
  queue.scheduleCheckPendingRequests = () => {
    if (queue.pending.length > 0) schedule()
  }
}
