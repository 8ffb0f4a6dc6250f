/** Memory limits and intervals of streams; times in ms. The settings define the values. */
export interface StreamLimits {
  /** Bytes of decoded messages kept for live subscribers, for each followed partition of a topic. */
  readonly ringBytesPerPartition: number
  /** The same for a whole topic with any number of partitions. */
  readonly ringBytesPerTopic: number
  /** The same for all topics together; each topic gets an equal share. */
  readonly ringBytesTotal: number
  /** How long a topic is still followed after its last live subscriber left. */
  readonly idleMs: number
  /** Bytes of the log that one subscriber behind the ring may hold: the slice being delivered and the next read. */
  readonly catchUpBytes: number
  /** The same for all of them. Beyond it, feeds do not read ahead and use small reads. */
  readonly catchUpBytesTotal: number
  /** Bytes of shared slices kept for subscribers that are behind together, in the whole process. */
  readonly sharedReadBytes: number
  /** How long read data is kept for a subscriber that does not ask for it. */
  readonly letGoMs: number
  /** Concurrent reads for subscribers behind the ring, in the whole process. */
  readonly catchUpConcurrency: number
  /** After how long a subscriber behind the ring skips a partition that does not answer. */
  readonly readTimeoutMs: number
  /** How often a quiet stream yields a fresh cursor. */
  readonly progressMs: number
  /** How often an open stream's topic is checked for new partitions and for its end. */
  readonly describeMs: number
}
