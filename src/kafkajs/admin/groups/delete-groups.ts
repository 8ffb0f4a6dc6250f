import { type KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { groupWords } from '../../../kafka/group-words.ts'
import { type DeletedGroup, deleteGroupsRequest } from '../../requests/groups/delete-groups.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import { eachItem } from './each-item.ts'
import { groupIdProblem } from './group-id-problem.ts'
import type { GroupParts } from './group-parts.ts'
import { sendToCoordinators } from './send-to-coordinator.ts'

const outcomesOf = (results: readonly DeletedGroup[]): ReadonlyMap<string, Outcome<string>> =>
  new Map(results.map(({ groupId, errorCode }) => [groupId, errorCode === 0 ? groupId : failureOf(groupId, errorCode)]))

const failureOf = (groupId: string, errorCode: number): KafkaError =>
  kafkaErrorOf(errorCode, `${groupWords(groupId)}: ${kafkaErrorOf(errorCode).message}`)

/** Deletes groups of any type, with their offsets. Sends one request per coordinator. */
export const deleteGroups = async (
  parts: GroupParts,
  groupIds: readonly string[],
  bounds: RetryBounds,
): Promise<readonly Outcome<string>[]> => {
  const { sound, outcomes } = eachItem(groupIds, groupId => groupId, groupIdProblem)
  const request = (_: unknown, ids: readonly string[]) => deleteGroupsRequest(ids)
  return outcomes(await sendToCoordinators(parts, { groupIds: sound, request, outcomes: outcomesOf }, bounds))
}
