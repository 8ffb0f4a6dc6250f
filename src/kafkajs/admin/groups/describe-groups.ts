import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import { asKafkaError, isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { groupWords } from '../../../kafka/group-words.ts'
import type { GroupDescription, GroupListing, GroupType } from '../../../kafka/groups.ts'
import { CONSUMER_GROUP_DESCRIBE, consumerGroupDescribeRequest } from '../../requests/groups/consumer-group-describe.ts'
import { DESCRIBE_GROUPS, describeGroupsRequest } from '../../requests/groups/describe-groups.ts'
import type { DescribedGroup } from '../../requests/groups/described-group.ts'
import { shareGroupDescribeRequest } from '../../requests/groups/share-group-describe.ts'
import { streamsGroupDescribeRequest } from '../../requests/groups/streams-group-describe.ts'
import type { Link } from '../../transport/link.ts'
import { type ApiRequest, pickVersion } from '../../wire/api-request.ts'
import { askCoordinators, type GroupQuestion } from './ask-coordinators.ts'
import { type Census, type GroupCensus, unlisted } from './group-census.ts'
import { groupDescriptionOf } from './group-description.ts'
import type { GroupParts } from './group-parts.ts'

const GROUP_AUTHORIZATION_FAILED = 30

type Described = Outcome<GroupDescription>
type Listings = ReadonlyMap<string, GroupListing>

const requestFor = (type: GroupType, link: Link, ids: readonly string[]): ApiRequest<readonly DescribedGroup[]> => {
  switch (type) {
    case 'CONSUMER': {
      const name = 'ConsumerGroupDescribe'
      return consumerGroupDescribeRequest(ids, pickVersion(link.versions, CONSUMER_GROUP_DESCRIBE, name, [0, 1]))
    }
    case 'SHARE':
      return shareGroupDescribeRequest(ids)
    case 'STREAMS':
      return streamsGroupDescribeRequest(ids)
    case 'CLASSIC':
    case 'UNKNOWN':
      return describeGroupsRequest(ids, pickVersion(link.versions, DESCRIBE_GROUPS, 'DescribeGroups', [5, 6]))
  }
}

/** A group of unknown type is described as a classic one. If that fails, this server does not support its type. */
const judged = (type: GroupType, groupId: string, outcome: Described): Described => {
  if (type !== 'UNKNOWN' || !isFailure(outcome) || outcome.code !== 'GROUP_ID_NOT_FOUND') return outcome
  return new KafkaError('UNSUPPORTED_VERSION', `${groupWords(groupId)} has a type that this server does not support`)
}

const describeListed = (parts: GroupParts, listings: Listings): Promise<ReadonlyMap<string, Described>> => {
  const typeOf = (groupId: string): GroupType => listings.get(groupId)?.type ?? 'UNKNOWN'
  const question: GroupQuestion<GroupDescription> = {
    groupIds: [...listings.keys()],
    kindOf: typeOf,
    ask: async ({ nodeId, groupIds }) => {
      const [first = ''] = groupIds
      const type = typeOf(first)
      const groups = await parts.cluster.askNode(nodeId, link => requestFor(type, link, groupIds))
      return new Map(
        groups.map(group => [group.groupId, judged(type, group.groupId, groupDescriptionOf(type, nodeId, group))]),
      )
    },
  }
  return askCoordinators(parts, question, { deadlineMs: parts.limits.deadlineMs })
}

const describeBy = async (
  parts: GroupParts,
  census: Census,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, Described>> => {
  const listings = groupIds.flatMap(groupId => census.byId.get(groupId) ?? [])
  const described = await describeListed(parts, new Map(listings.map(listing => [listing.groupId, listing])))
  return new Map(groupIds.map(groupId => [groupId, described.get(groupId) ?? unlisted(groupId, census)]))
}

const isMissing = (outcome: Described | undefined): boolean =>
  outcome !== undefined && isFailure(outcome) && outcome.code === 'GROUP_ID_NOT_FOUND'

/**
 * The groups that exist but may not be described; lists omit them. Any broker can tell, because it checks permissions
 * before it looks for the group. If no broker answers, only these groups fail.
 */
const refusedOf = async (
  { cluster }: GroupParts,
  groupIds: readonly string[],
): Promise<readonly (readonly [string, KafkaError])[]> => {
  const ask = (link: Link) =>
    describeGroupsRequest(groupIds, pickVersion(link.versions, DESCRIBE_GROUPS, 'DescribeGroups', [5, 6]))
  const groups = await cluster.askAny(ask).catch(asKafkaError)
  if (isFailure(groups)) return groupIds.map(groupId => [groupId, groups])
  return groups.flatMap(({ groupId, errorCode, errorMessage }) =>
    errorCode === GROUP_AUTHORIZATION_FAILED
      ? [[groupId, kafkaErrorAbout({ group: groupId }, errorCode, errorMessage)] as const]
      : [],
  )
}

/**
 * One outcome per group, in order. The list provides each group's type and coordinator; then one request is sent per
 * coordinator and type. Groups missing from an older list (new groups, or groups recreated with another protocol) are
 * looked up again.
 */
export const describeGroups = async (
  parts: GroupParts,
  list: GroupCensus,
  groupIds: readonly string[],
): Promise<readonly Described[]> => {
  const startedAt = performance.now()
  const census = await list.take()
  const outcomes = new Map(await describeBy(parts, census, groupIds))
  const missing = groupIds.filter(groupId => isMissing(outcomes.get(groupId)))
  if (missing.length > 0 && census.askedAt < startedAt) {
    const again = await describeBy(parts, await list.retake(census), missing)
    for (const [groupId, outcome] of again) outcomes.set(groupId, outcome)
  }
  const absent = missing.filter(groupId => isMissing(outcomes.get(groupId)))
  if (absent.length > 0) {
    for (const [groupId, error] of await refusedOf(parts, absent)) outcomes.set(groupId, error)
  }
  return groupIds.map(groupId => outcomes.get(groupId) ?? unlisted(groupId, census))
}
