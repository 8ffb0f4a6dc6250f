import type { FolderParts } from '../core/schema-part.ts'
import { alterGroupOffsetsParts } from '../group/change/alter-group-offsets.ts'
import { deleteConsumerGroupOffsetsMutation } from '../group/change/delete-group-offsets.ts'
import { deleteGroupsParts } from '../group/change/delete-groups.ts'
import { GroupOffsetsPayload } from '../group/change/group-offsets-payload.ts'
import { removeMembersParts } from '../group/change/remove-members.ts'
import { resetConsumerGroupOffsetsMutation } from '../group/change/reset-group-offsets.ts'
import { groupEnumsParts } from '../group/group-enums.ts'
import { groupMembersParts } from '../group/group-members.ts'
import { groupOffsetsParts } from '../group/group-offsets.ts'
import { GroupPartitionOffset } from '../group/group-partition-offset.ts'
import { groupQueryParts } from '../group/group-query.ts'
import { GroupTopicOffsets } from '../group/group-topic-offsets.ts'
import { groupParts } from '../group/group-type.ts'
import { GroupFilter } from '../group/list/group-filter.ts'
import { groupOrderParts } from '../group/list/group-order.ts'
import { groupsQueryParts } from '../group/list/groups-query.ts'
import { topicGroups } from '../group/list/topic-groups.ts'
import { consumerGroupLagSubscription } from '../group/live/consumer-group-lag.ts'
import { groupChangeParts } from '../group/live/group-change-types.ts'
import { groupChangedSubscription } from '../group/live/group-changed.ts'

/** What the schema says of groups. */
export const groupSchema: FolderParts = {
  reads: [
    consumerGroupLagSubscription,
    groupChangeParts,
    groupChangedSubscription,
    groupEnumsParts,
    GroupFilter,
    groupMembersParts,
    groupOffsetsParts,
    groupOrderParts,
    GroupPartitionOffset,
    groupQueryParts,
    GroupTopicOffsets,
    groupParts,
    groupsQueryParts,
    topicGroups,
  ],
  writes: [
    alterGroupOffsetsParts,
    deleteConsumerGroupOffsetsMutation,
    deleteGroupsParts,
    GroupOffsetsPayload,
    removeMembersParts,
    resetConsumerGroupOffsetsMutation,
  ],
}
