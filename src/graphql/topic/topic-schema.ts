import type { FolderParts } from '../schema-part.ts'
import { ConfigMatch } from './config-match.ts'
import { createTopicsParts } from './create-topics.ts'
import { deleteTopicsParts } from './delete-topics.ts'
import { newTopicInputParts } from './new-topic-input.ts'
import { topicChangeParts } from './topic-change-types.ts'
import { topicChangedSubscription } from './topic-changed.ts'
import { TopicFilter } from './topic-filter.ts'
import { topicOrderParts } from './topic-order.ts'
import { topicQueryParts } from './topic-query.ts'
import { topicThroughputParts } from './topic-throughput.ts'
import { Topic } from './topic-type.ts'
import { topicsQueryParts } from './topics-query.ts'

/** What the schema says of topics. */
export const topicSchema: FolderParts = {
  reads: [
    ConfigMatch,
    topicChangeParts,
    topicChangedSubscription,
    TopicFilter,
    topicOrderParts,
    topicQueryParts,
    topicThroughputParts,
    Topic,
    topicsQueryParts,
  ],
  writes: [createTopicsParts, deleteTopicsParts, newTopicInputParts],
}
