import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { shortened, textProblem } from '../../../kafka/text.ts'
import { type LeaveGroupResult, leaveGroupRequest } from '../../requests/groups/leave-group.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import { eachItem } from './each-item.ts'
import { groupIdProblem } from './group-id-problem.ts'
import type { GroupParts } from './group-parts.ts'
import { sendToCoordinators } from './send-to-coordinator.ts'

/** The reason in the broker's log. */
const REASON = 'the member was removed by an administrator'

const instanceIdProblem = (id: string): KafkaError | null => {
  const problem = textProblem('a group instance id', id)
  return problem === null ? null : new KafkaError('INVALID_REQUEST', problem)
}

const failureOf = (groupInstanceId: string, errorCode: number): KafkaError =>
  kafkaErrorOf(errorCode, `member ${shortened(groupInstanceId)}: ${kafkaErrorOf(errorCode).message}`)

const membersOf = (
  group: string,
  { errorCode, members }: LeaveGroupResult,
): Outcome<ReadonlyMap<string, Outcome<string>>> => {
  if (errorCode !== 0) return kafkaErrorAbout({ group }, errorCode)
  return new Map(
    members.map(one => [
      one.groupInstanceId,
      one.errorCode === 0 ? one.groupInstanceId : failureOf(one.groupInstanceId, one.errorCode),
    ]),
  )
}

/** Removes static members. Dynamic members leave by themselves or are removed by the coordinator. */
export const removeMembers = async (
  parts: GroupParts,
  groupId: string,
  groupInstanceIds: readonly string[],
  bounds: RetryBounds,
): Promise<readonly Outcome<string>[]> => {
  const { sound, outcomes } = eachItem(
    groupInstanceIds,
    id => id,
    id => groupIdProblem(groupId) ?? instanceIdProblem(id),
  )
  if (sound.length === 0) return outcomes(new Map())
  const change = {
    groupIds: [groupId],
    request: () => leaveGroupRequest(groupId, sound, REASON),
    outcomes: (answer: LeaveGroupResult) => new Map([[groupId, membersOf(groupId, answer)]]),
  }
  const answers = await sendToCoordinators(parts, change, bounds)
  return outcomes(answers.get(groupId) ?? new KafkaError('UNKNOWN_SERVER_ERROR'))
}
