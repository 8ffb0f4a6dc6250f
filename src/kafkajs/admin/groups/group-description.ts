import { ACL_OPERATIONS, type AclOperation } from '../../../kafka/acl-operation.ts'
import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { groupWords } from '../../../kafka/group-words.ts'
import type { GroupDescription, GroupMemberDescription, GroupType } from '../../../kafka/groups.ts'
import type { DescribedGroup } from '../../requests/groups/described-group.ts'
import { groupStateOf } from './group-names.ts'

/** The operations were not requested, or the broker does not report them. */
const NOT_REPORTED = -2_147_483_648

const operationsOf = (bits: number): readonly AclOperation[] | null =>
  bits === NOT_REPORTED ? null : ACL_OPERATIONS.filter((_, number) => (bits & (1 << number)) !== 0)

// Coordinators return members in hash table order, which varies.
const byClient = (one: GroupMemberDescription, other: GroupMemberDescription): number => {
  if (one.clientId !== other.clientId) return one.clientId < other.clientId ? -1 : 1
  return one.memberId < other.memberId ? -1 : 1
}

/** Converts a coordinator's group description, or returns the group's own error. */
export const groupDescriptionOf = (
  type: GroupType,
  coordinator: number,
  group: DescribedGroup,
): Outcome<GroupDescription> => {
  const { errorCode, errorMessage, groupId } = group
  if (errorCode !== 0) return kafkaErrorAbout({ group: groupId }, errorCode, errorMessage)
  const state = groupStateOf(group.state)
  const isClassic = type === 'CLASSIC' || type === 'UNKNOWN'
  // Brokers before Kafka 4.0 return this for a missing group.
  if (isClassic && state === 'DEAD') return new KafkaError('GROUP_ID_NOT_FOUND', `there is no ${groupWords(groupId)}`)
  return {
    groupId,
    type: isClassic ? 'CLASSIC' : type,
    protocol: group.protocolType,
    state,
    coordinator,
    partitionAssignor: group.assignor === '' ? null : group.assignor,
    groupEpoch: group.groupEpoch,
    targetAssignmentEpoch: group.assignmentEpoch,
    members: [...group.members].sort(byClient),
    authorizedOperations: operationsOf(group.authorizedOperations),
  }
}
