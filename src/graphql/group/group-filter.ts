import type { GroupListing } from '../../kafka/groups.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'
import { topicNameProblem } from '../../kafka/topic-name.ts'
import { operationError } from '../failures.ts'
import { inputType } from '../schema-part.ts'
import { GroupStateEnum, GroupTypeEnum } from './group-enums.ts'

/** Which groups to list. */
export const GroupFilter = inputType('GroupFilter', {
  description: 'Which groups to list. A group is listed when everything that is given here holds for it.',
  fields: t => ({
    groupIdContains: t.string({
      description: 'Only groups whose id contains this text; upper and lower case count.',
    }),
    groupIds: t.stringList({ description: 'Only groups with one of these ids; ids without a group are left out.' }),
    types: t.field({ type: [GroupTypeEnum], description: 'Only groups of one of these types.' }),
    states: t.field({ type: [GroupStateEnum], description: 'Only groups in one of these states.' }),
    topic: t.string({
      description:
        'Only groups that have committed an offset in this topic, or share groups that have begun to read it. The offsets of every group that the rest of this filter lets through are asked for.',
    }),
    minLag: t.field({
      type: 'Long',
      description:
        'Only groups with at least so many messages left to read. Share groups whose lag the broker does not tell (before Kafka 4.2) are left out. The offsets of every group that the rest of this filter lets through are asked for.',
    }),
  }),
})

/** The filter as resolvers get it. */
export type GroupFilterInput = typeof GroupFilter.$inferInput

type Matches = (group: Pick<GroupListing, 'groupId' | 'type' | 'state'>) => boolean

const checkTopic = (topic: string): void => {
  const problem = topicNameProblem(topic)
  if (problem !== null) throw operationError(new KafkaError('INVALID_TOPIC_EXCEPTION', `filter.topic: ${problem}`))
}

/** The part of a filter that the list of groups alone can tell. @throws GraphQLError for a topic that cannot be one. */
export const groupMatcher = (filter: GroupFilterInput | null | undefined): Matches => {
  const { groupIdContains, groupIds, types, states, topic } = filter ?? {}
  if (typeof topic === 'string') checkTopic(topic)
  const tests: Matches[] = []
  if (groupIds) {
    const wanted = new Set(groupIds)
    tests.push(({ groupId }) => wanted.has(groupId))
  }
  if (groupIdContains) tests.push(({ groupId }) => groupId.includes(groupIdContains))
  if (types) tests.push(({ type }) => types.includes(type))
  if (states) tests.push(({ state }) => states.includes(state))
  return group => tests.every(test => test(group))
}
