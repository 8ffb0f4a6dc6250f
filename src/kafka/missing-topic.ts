/** Codes of a topic that is not there. Kafka calls them retriable, for a topic may be created yet: nothing says that it will be. */
export const MISSING_TOPIC: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID'])
