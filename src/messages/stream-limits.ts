/** What streams may hold and how often they look; all times in ms. The values live in the settings. */
export interface StreamLimits {
  /** Memory of decoded messages kept for live subscribers, for each followed partition of a topic. */
  readonly ringBytesPerPartition: number
  /** The same for a whole topic, however many partitions it has. */
  readonly ringBytesPerTopic: number
  /** The same for all topics together: each gets an equal part. */
  readonly ringBytesTotal: number
  /** How long a topic is followed on after its last live subscriber left. */
  readonly idleMs: number
  /** Bytes of the log that one subscriber behind the ring may hold: what it is given now, and the next read. */
  readonly catchUpBytes: number
  /** The same for all of them; beyond it nothing is read ahead, and little at a time. */
  readonly catchUpBytesTotal: number
  /** Bytes of the log kept, in the whole process, for subscribers that are behind together. */
  readonly sharedReadBytes: number
  /** How long what was read for a subscriber is kept when it does not ask for it. */
  readonly letGoMs: number
  /** Reads of subscribers behind the ring at the same time, in the whole process. */
  readonly catchUpConcurrency: number
  /** After how long a subscriber behind the ring leaves a partition that does not answer for the next one. */
  readonly readTimeoutMs: number
  /** How often a quiet stream yields a fresh cursor. */
  readonly progressMs: number
  /** How often the topic of an open stream is looked at, for new partitions and its end. */
  readonly describeMs: number
}
