import { takeValues } from '../../core/bounds/bounded-answers.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { badInput, operationError, translating } from '../../core/errors/failures.ts'
import type { FailureShape } from '../../core/outcomes/mutation-failure.ts'
import { objectField } from '../../core/schema-part.ts'
import { Topic, type TopicNode } from '../../topic/topic-type.ts'
import { commitsIn } from '../group-lag.ts'
import { groupList } from '../group-loaders.ts'
import { groupKnown } from '../group-node.ts'
import { GroupTopicOffsets, type GroupTopicOffsetsShape } from '../group-topic-offsets.ts'
import { GroupFilter, type GroupFilterInput } from './group-filter.ts'
import { matchingGroups } from './matching-groups.ts'

/** A list item that failed: null with its error. */
const failedItem = ({ error }: FailureShape): Promise<never> => {
  const item = Promise.reject(operationError(error))
  // graphql awaits it a moment later; this avoids an unhandled rejection.
  item.catch(() => {})
  return item
}

/** How many visited groups count as much as one returned value. */
const LOOKS_A_VALUE = 10

const groupsOf = async (
  { name, planned }: TopicNode,
  filter: GroupFilterInput | null | undefined,
  context: GraphQLContext,
): Promise<readonly (GroupTopicOffsetsShape | Promise<never>)[]> => {
  if (planned) return []
  if (typeof filter?.topic === 'string' && filter.topic !== name) return []
  const listed = await translating(context.loaders.shared(groupList))
  // Searching every group for a topic is cheaper than returning them, but not free.
  if (!takeValues(context, Math.ceil(listed.groups.length / LOOKS_A_VALUE))) return []
  const { groups, errors } = await matchingGroups({ ...filter, topic: name }, undefined, context)
  const { max } = context.limits.page
  if (groups.length > max) {
    const problem = `matches ${groups.length} groups, above the maximum of ${max}: narrow it, or page through \`groups\` of the cluster with this topic in its filter.`
    throw badInput('filter', problem)
  }
  const found = groups.map(({ listing, committed }) => ({
    group: groupKnown(listing),
    topic: name,
    committed: committed === null ? [] : commitsIn(committed, name, context),
  }))
  return [...found, ...errors.map(failedItem)]
}

/** `Topic.groups`. */
export const topicGroups = objectField(Topic, 'groups', t =>
  t.field({
    description:
      'The groups that read this topic and how far each has read, sorted by id. These are groups with a committed offset in it, and share groups that have started to read it. Kafka stores offsets by group, so this requests the offsets of every group that matches the filter. A null at the end, with an error, stands for groups that could not be checked, for example because a broker does not answer.',
    type: [GroupTopicOffsets],
    nullable: { list: true, items: true },
    args: { filter: t.arg({ type: GroupFilter, description: 'Which groups to list. Default: all.' }) },
    resolve: (topic, { filter }, context) => groupsOf(topic, filter, context),
  }),
)
