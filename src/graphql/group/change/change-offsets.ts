import { type ErrorCode, isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { CommittedOffset, NewCommittedOffset } from '../../../kafka/groups.ts'
import { uninterrupted } from '../../../kafka/ports/call.ts'
import type { TopicPartition } from '../../../kafka/topic-partition.ts'
import type { GraphQLContext } from '../../core/context.ts'
import type { FailureShape } from '../../core/outcomes/mutation-failure.ts'
import { type GroupPartitionOffsetShape, offsetsIn } from '../group-partition-offset.ts'
import { committedIn, type GroupSnapshot, isMembersRefusal, membersRefusal } from './group-snapshot.ts'

/** The result of a change of a group's offsets. */
export interface OffsetChange {
  readonly errors: readonly FailureShape[]
  readonly before: readonly GroupPartitionOffsetShape[]
  readonly after: readonly GroupPartitionOffsetShape[]
}

/** The part of the request that caused an error; the index counts the requested items. */
export type PathOf = (index: number, error: KafkaError) => readonly string[]

/** Kafka returns these errors per partition, but they concern the whole group. */
const ABOUT_THE_GROUP: ReadonlySet<ErrorCode> = new Set([
  'UNKNOWN_MEMBER_ID',
  'GROUP_ID_NOT_FOUND',
  'INVALID_GROUP_ID',
  'GROUP_AUTHORIZATION_FAILED',
  'NON_EMPTY_GROUP',
  'REBALANCE_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'NOT_COORDINATOR',
])

/** These errors concern the topic or the whole call. */
const ABOUT_ALL: ReadonlySet<ErrorCode> = new Set([
  'GROUP_SUBSCRIBED_TO_TOPIC',
  'KAFKA_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'CLOSED',
])

const isShared = ({ code }: KafkaError): boolean => ABOUT_THE_GROUP.has(code) || ABOUT_ALL.has(code)

/** The arguments at fault for other failures of a whole request. The last ones are errors of a cursor. */
const PATHS: ReadonlyMap<ErrorCode, readonly string[]> = new Map([
  ['UNKNOWN_TOPIC_OR_PARTITION', ['topic']],
  ['INVALID_TOPIC_EXCEPTION', ['topic']],
  ['GROUP_SUBSCRIBED_TO_TOPIC', ['topic']],
  ['INVALID_CURSOR', ['to', 'cursor']],
  ['TOPIC_RECREATED', ['to', 'cursor']],
  ['OFFSET_OUT_OF_RANGE', ['to', 'cursor']],
])

/** A failure of the whole request. */
const failureOf = (error: KafkaError): FailureShape => ({
  error,
  path: ABOUT_THE_GROUP.has(error.code) ? ['groupId'] : (PATHS.get(error.code) ?? null),
})

/** The failures, each with its place in the request. A failure that all partitions share is reported once. */
const offsetFailures = (outcomes: readonly Outcome<unknown>[], pathOf: PathOf): readonly FailureShape[] => {
  const shared = new Map<ErrorCode, KafkaError>()
  const own = outcomes.flatMap((outcome, index) => {
    if (!isFailure(outcome)) return []
    if (!isShared(outcome)) return [{ error: outcome, path: pathOf(index, outcome) }]
    shared.set(outcome.code, outcome)
    return []
  })
  return [...[...shared.values()].map(failureOf), ...own]
}

/** Commits the offsets, or with `dryRun` checks whether Kafka would accept them. One outcome for each, in order. */
export const commitOffsets = async (
  { group, hasMembers }: GroupSnapshot,
  offsets: readonly NewCommittedOffset[],
  dryRun: boolean,
  { ports, call }: GraphQLContext,
): Promise<readonly Outcome<NewCommittedOffset>[]> => {
  if (dryRun) return offsets.map(offset => (hasMembers ? membersRefusal(group) : offset))
  const outcomes = await ports.groupAdmin.alterOffsets(uninterrupted(call), group.groupId, offsets)
  return offsets.map((offset, index) => {
    const outcome = outcomes[index]
    if (outcome === undefined)
      return new KafkaError('UNKNOWN_SERVER_ERROR', 'Kafka’s response has no result for this item.')
    if (!isFailure(outcome)) return offset
    return isMembersRefusal(outcome) ? membersRefusal(group) : outcome
  })
}

/** The offset committed in a partition after the change; null if there is none or it is unknown. */
const standsAt = (
  outcome: Outcome<CommittedOffset | null> | undefined,
  before: CommittedOffset | null,
): CommittedOffset | null => {
  if (outcome === undefined || !isFailure(outcome)) return outcome ?? null
  return outcome.code === 'OUTCOME_UNKNOWN' ? null : before
}

/** The result: the offsets of the chosen partitions before and after. A null outcome means that the commit was deleted. */
export const offsetChange = (
  snapshot: GroupSnapshot,
  chosen: readonly Outcome<TopicPartition>[],
  outcomes: readonly Outcome<CommittedOffset | null>[],
  pathOf: PathOf,
): OffsetChange => {
  const before = chosen.map(one => (isFailure(one) ? null : committedIn(snapshot, one)))
  const after = before.map((previous, index) => standsAt(outcomes[index], previous))
  return {
    errors: offsetFailures(outcomes, pathOf),
    before: offsetsIn(
      snapshot.group,
      before.filter(one => one !== null),
    ),
    after: offsetsIn(
      snapshot.group,
      after.filter(one => one !== null),
    ),
  }
}

/** The result of `work`, or the one failure that stopped it before any change. */
export const orRefusal = async (work: () => Promise<OffsetChange>): Promise<OffsetChange> => {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof KafkaError)) throw thrown
    return { errors: [failureOf(thrown)], before: [], after: [] }
  }
}
