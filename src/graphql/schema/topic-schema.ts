import type { FolderParts } from '../core/schema-part.ts'
import { ConfigMatch } from '../topic/config-match.ts'
import { createTopicsParts } from '../topic/create-topics.ts'
import { deleteTopicsParts } from '../topic/delete-topics.ts'
import { newTopicInputParts } from '../topic/new-topic-input.ts'
import { topicChangeParts } from '../topic/topic-change-types.ts'
import { topicChangedSubscription } from '../topic/topic-changed.ts'
import { TopicFilter } from '../topic/topic-filter.ts'
import { topicOrderParts } from '../topic/topic-order.ts'
import { topicQueryParts } from '../topic/topic-query.ts'
import { topicThroughputParts } from '../topic/topic-throughput.ts'
import { Topic } from '../topic/topic-type.ts'
import { topicsQueryParts } from '../topic/topics-query.ts'

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
