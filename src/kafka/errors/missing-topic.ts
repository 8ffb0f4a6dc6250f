/** Codes for a missing topic. Kafka calls them retriable, because somebody may still create the topic. */
export const MISSING_TOPIC: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID'])
