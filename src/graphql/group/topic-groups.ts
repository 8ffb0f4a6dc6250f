import { takeValues } from '../bounded-answers.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput, operationError, translating } from '../failures.ts'
import type { FailureShape } from '../mutation-failure.ts'
import { objectField } from '../schema-part.ts'
import { Topic, type TopicNode } from '../topic/topic-type.ts'
import { GroupFilter, type GroupFilterInput } from './group-filter.ts'
import { commitsIn } from './group-lag.ts'
import { groupList } from './group-loaders.ts'
import { groupKnown } from './group-node.ts'
import { GroupTopicOffsets, type GroupTopicOffsetsShape } from './group-topic-offsets.ts'
import { matchingGroups } from './matching-groups.ts'

/** An item of a list that cannot be told: null, with the error beside it. */
const failedItem = ({ error }: FailureShape): Promise<never> => {
  const item = Promise.reject(operationError(error))
  // It is waited for a moment later.
  item.catch(() => {})
  return item
}

/** Groups looked through that count as much as a value told. */
const LOOKS_A_VALUE = 10

const groupsOf = async (
  { name, planned }: TopicNode,
  filter: GroupFilterInput | null | undefined,
  context: GraphQLContext,
): Promise<readonly (GroupTopicOffsetsShape | Promise<never>)[]> => {
  if (planned) return []
  if (typeof filter?.topic === 'string' && filter.topic !== name) return []
  const listed = await translating(context.loaders.shared(groupList))
  // Looking through every group for a topic is cheaper than telling of them, and not free.
  if (!takeValues(context, Math.ceil(listed.groups.length / LOOKS_A_VALUE))) return []
  const { groups, errors } = await matchingGroups({ ...filter, topic: name }, undefined, context)
  const { max } = context.limits.page
  if (groups.length > max) {
    const problem = `lets ${groups.length} groups through, above the maximum of ${max}: narrow it, or page through \`groups\` of the cluster with this topic in its filter.`
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
      'The groups that read this topic and how far each has come, sorted by id: those that have committed an offset in it, and share groups that have begun to read it. Kafka keeps offsets by group, so those of every group that the filter lets through are asked for. A null at the end, with an error beside it, stands for groups that could not be asked about, such as those of a broker that does not answer.',
    type: [GroupTopicOffsets],
    nullable: { list: true, items: true },
    args: { filter: t.arg({ type: GroupFilter, description: 'Which groups to list; all when left out.' }) },
    resolve: (topic, { filter }, context) => groupsOf(topic, filter, context),
  }),
)
