import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { GroupListing } from '../../../kafka/groups.ts'
import { topicNameProblem } from '../../../kafka/topic-name.ts'
import { operationError } from '../../core/errors/failures.ts'
import { inputType } from '../../core/schema-part.ts'
import { GroupStateEnum, GroupTypeEnum } from '../group-enums.ts'

export const GroupFilter = inputType('GroupFilter', {
  description: 'Selects the groups to list. A group must match every condition that is given.',
  fields: t => ({
    groupIdContains: t.string({
      description: 'Only groups whose id contains this text, case-sensitive.',
    }),
    groupIds: t.stringList({ description: 'Only groups with one of these ids; unknown ids are ignored.' }),
    types: t.field({ type: [GroupTypeEnum], description: 'Only groups of one of these types.' }),
    states: t.field({ type: [GroupStateEnum], description: 'Only groups in one of these states.' }),
    topic: t.string({
      description:
        'Only groups that have committed an offset in this topic, and share groups that have started to read it. This requests the offsets of every group that matches the rest of the filter.',
    }),
    minLag: t.field({
      type: 'Long',
      description:
        'Only groups with at least this many messages left to read. Share groups whose lag the broker does not report (before Kafka 4.2) are left out. This requests the offsets of every group that matches the rest of the filter.',
    }),
  }),
})

export type GroupFilterInput = typeof GroupFilter.$inferInput

type Matches = (group: Pick<GroupListing, 'groupId' | 'type' | 'state'>) => boolean

const checkTopic = (topic: string): void => {
  const problem = topicNameProblem(topic)
  if (problem !== null) throw operationError(new KafkaError('INVALID_TOPIC_EXCEPTION', `filter.topic: ${problem}`))
}

/** The conditions of a filter that the list of groups can decide alone. @throws GraphQLError for an invalid topic name. */
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
