import { asKafkaError, isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { CommittedOffset, GroupListing } from '../../../kafka/groups.ts'
import type { GraphQLContext } from '../../core/context.ts'
import { failureSummary } from '../../core/outcomes/failure-summary.ts'
import type { FailureShape } from '../../core/outcomes/mutation-failure.ts'
import { commitsOf, totalLagOf } from '../group-lag.ts'
import { groupDescriptions } from '../group-loaders.ts'
import { groupKnown } from '../group-node.ts'

/** A group with its filter and sort values; null if a value was not requested or is unknown. */
export interface RankedGroup {
  readonly listing: GroupListing
  readonly committed: readonly CommittedOffset[] | null
  readonly lag: bigint | null
  readonly members: number | null
}

/** The facts to load about each group besides the list entry. */
export interface Wanted {
  readonly offsets: boolean
  readonly lag: boolean
  readonly members: boolean
}

/** A KafkaError concerns one group; any other error is a bug and stops the whole list. */
const settled = async <T>(work: () => Promise<T>): Promise<Outcome<T>> => {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof KafkaError) return thrown
    throw thrown
  }
}

const asked = async (listing: GroupListing, wanted: Wanted, context: GraphQLContext): Promise<RankedGroup> => {
  const [committed, description] = await Promise.all([
    wanted.offsets || wanted.lag ? commitsOf(groupKnown(listing), context) : null,
    wanted.members ? context.loaders.shared(groupDescriptions).load(listing.groupId) : null,
  ])
  return { listing, committed, lag: null, members: description?.members.length ?? null }
}

const withLag = async (group: RankedGroup, context: GraphQLContext): Promise<RankedGroup> =>
  group.committed ? { ...group, lag: await totalLagOf(group.committed, context) } : group

/** Every group with the requested facts, and why some groups are missing. */
export interface Ranking {
  readonly groups: readonly RankedGroup[]
  readonly errors: readonly FailureShape[]
}

/**
 * Loads the requested facts about each group, `chunk` groups at a time: ten thousand groups take a few requests of
 * limited size, one after the other. The ends of all their partitions load together, because groups share partitions,
 * and a partition without a leader is then waited for once. Sends no request if no facts are requested.
 */
export const rankGroups = async (
  listings: readonly GroupListing[],
  wanted: Wanted,
  chunk: number,
  context: GraphQLContext,
): Promise<Ranking> => {
  if (!wanted.offsets && !wanted.lag && !wanted.members) {
    return { groups: listings.map(listing => ({ listing, committed: null, lag: null, members: null })), errors: [] }
  }
  const known: Outcome<RankedGroup>[] = []
  for (let start = 0; start < listings.length; start += chunk) {
    const some = listings.slice(start, start + chunk)
    known.push(...(await Promise.all(some.map(listing => settled(() => asked(listing, wanted, context))))))
  }
  const ranked = known.map(one => (isFailure(one) || !wanted.lag ? one : settled(() => withLag(one, context))))
  const outcomes = await Promise.all(ranked)
  const groups = outcomes.flatMap(outcome => (isFailure(outcome) ? [] : [outcome]))
  const ids = listings.map(({ groupId }) => groupId)
  return { groups, errors: failureSummary(ids, outcomes, { one: 'Group', failed: 'could not be ranked' }) }
}

/** Why groups may be missing from a list: the brokers that did not answer, with the groups that they coordinate. */
export const brokerErrors = (
  failures: readonly { readonly nodeId: number; readonly error: KafkaError }[],
): readonly FailureShape[] =>
  failures.map(({ nodeId, error }) => {
    const text = `Broker ${nodeId} did not list the groups that it coordinates: ${error.message}`
    return { error: new KafkaError(asKafkaError(error).code, text), path: null }
  })
