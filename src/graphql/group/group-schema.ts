import type { FolderParts } from '../schema-part.ts'
import { alterGroupOffsetsParts } from './alter-group-offsets.ts'
import { consumerGroupLagSubscription } from './consumer-group-lag.ts'
import { deleteConsumerGroupOffsetsMutation } from './delete-group-offsets.ts'
import { deleteGroupsParts } from './delete-groups.ts'
import { groupChangeParts } from './group-change-types.ts'
import { groupChangedSubscription } from './group-changed.ts'
import { groupEnumsParts } from './group-enums.ts'
import { GroupFilter } from './group-filter.ts'
import { groupMembersParts } from './group-members.ts'
import { groupOffsetsParts } from './group-offsets.ts'
import { GroupOffsetsPayload } from './group-offsets-payload.ts'
import { groupOrderParts } from './group-order.ts'
import { GroupPartitionOffset } from './group-partition-offset.ts'
import { groupQueryParts } from './group-query.ts'
import { GroupTopicOffsets } from './group-topic-offsets.ts'
import { groupParts } from './group-type.ts'
import { groupsQueryParts } from './groups-query.ts'
import { removeMembersParts } from './remove-members.ts'
import { resetConsumerGroupOffsetsMutation } from './reset-group-offsets.ts'
import { topicGroups } from './topic-groups.ts'

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
