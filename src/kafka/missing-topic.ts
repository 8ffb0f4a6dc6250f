/** Codes of a topic that does not exist. Kafka calls them retriable, since somebody may still create it. */
export const MISSING_TOPIC: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID'])
