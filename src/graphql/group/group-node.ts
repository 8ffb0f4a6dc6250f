import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { GroupDescription, GroupListing, GroupType } from '../../kafka/groups.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translating } from '../core/errors/failures.ts'
import { groupDescriptions } from './group-loaders.ts'

/** The types of groups in the schema. */
export type GroupKind = 'ConsumerGroup' | 'ShareGroup' | 'StreamsGroup'

/** The facts that both a list of groups and a description contain. */
type GroupSummary = Pick<GroupListing, 'type' | 'protocol' | 'state'> & { readonly coordinator: number | null }

/** A group in a resolver. Only the id is known; other fields load on demand. */
export interface GroupNode {
  readonly kind: GroupKind
  readonly groupId: string
  readonly summary?: GroupSummary
}

const kindOf = (type: GroupType): GroupKind => {
  if (type === 'SHARE') return 'ShareGroup'
  return type === 'STREAMS' ? 'StreamsGroup' : 'ConsumerGroup'
}

/** A group that was already listed or described. */
export const groupKnown = (summary: GroupListing | GroupDescription): GroupNode => ({
  kind: kindOf(summary.type),
  groupId: summary.groupId,
  summary,
})

/** A consumer group of which only the id is known. */
export const consumerGroupNamed = (groupId: string): GroupNode => ({ kind: 'ConsumerGroup', groupId })

/** The group with this id; null if there is none. */
export const findGroup = async (groupId: string, { loaders }: GraphQLContext): Promise<GroupNode | null> => {
  const description = await translating(() => loaders.shared(groupDescriptions).load(groupId))
  return description && groupKnown(description)
}

/** The group with its members. @throws GraphQLError GROUP_ID_NOT_FOUND when it no longer exists. */
export const describeGroup = ({ groupId }: GroupNode, { loaders }: GraphQLContext): Promise<GroupDescription> =>
  translating(async () => {
    const description = await loaders.shared(groupDescriptions).load(groupId)
    if (description) return description
    throw new KafkaError('GROUP_ID_NOT_FOUND', `There is no group ${JSON.stringify(groupId)}.`)
  })

/** The known facts of the group, or its loaded description. */
export const summaryOf = async (group: GroupNode, context: GraphQLContext): Promise<GroupSummary> =>
  group.summary ?? describeGroup(group, context)
