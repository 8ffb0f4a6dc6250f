import { kafkaErrorAbout } from '../../../kafka/errors/error-about.ts'
import type { Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { CommittedOffset } from '../../../kafka/groups.ts'
import { toOffset } from '../../../kafka/offset.ts'
import {
  DESCRIBE_SHARE_GROUP_OFFSETS,
  describeShareGroupOffsetsRequest,
} from '../../requests/groups/describe-share-group-offsets.ts'
import type { FetchedOffset, GroupOffsets } from '../../requests/groups/group-offsets.ts'
import { OFFSET_FETCH, offsetFetchRequest } from '../../requests/groups/offset-fetch.ts'
import type { Link } from '../../transport/link.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import { type ApiRequest, pickVersion } from '../../wire/api-request.ts'
import { askCoordinators, type GroupQuestion } from './ask-coordinators.ts'
import { type Census, type GroupCensus, unlisted } from './group-census.ts'
import type { GroupParts } from './group-parts.ts'

type Committed = Outcome<readonly CommittedOffset[]>

const SHARE = 'SHARE'
const OTHERS = 'OTHERS'

const requestFor = (kind: string, link: Link, ids: readonly string[]): ApiRequest<readonly GroupOffsets[]> =>
  kind === SHARE
    ? describeShareGroupOffsetsRequest(
        ids,
        pickVersion(link.versions, DESCRIBE_SHARE_GROUP_OFFSETS, 'DescribeShareGroupOffsets', [0, 1]),
      )
    : offsetFetchRequest(ids, pickVersion(link.versions, OFFSET_FETCH, 'OffsetFetch', [8, 9]))

const committedOf = ({ topic, partition, offset, leaderEpoch, metadata, lag }: FetchedOffset): CommittedOffset => ({
  topic,
  partition,
  offset: toOffset(offset),
  leaderEpoch: leaderEpoch < 0 ? null : leaderEpoch,
  metadata,
  ...(lag === undefined ? {} : { lag: lag < 0n ? null : lag }),
})

/** Converts a coordinator's offsets of one group. */
export const offsetsOf = ({ groupId, errorCode, errorMessage, offsets }: GroupOffsets): Committed => {
  if (errorCode !== 0) return kafkaErrorAbout({ group: groupId }, errorCode, errorMessage)
  const failed = offsets.find(one => one.errorCode !== 0)
  // Omitting a failed partition would make the result look complete.
  if (failed !== undefined) {
    const things = { group: groupId, topic: failed.topic }
    return kafkaErrorAbout(things, failed.errorCode, failed.errorMessage)
  }
  // Negative: no committed offset, or not started by the share group.
  return offsets.filter(one => one.offset >= 0n).map(committedOf)
}

/** Reloads a list that is too old to contain a new group. */
const censusOf = async (list: GroupCensus, groupIds: readonly string[]): Promise<Census> => {
  const startedAt = performance.now()
  const census = await list.take()
  const isWhole = groupIds.every(groupId => census.byId.has(groupId))
  return isWhole || census.askedAt >= startedAt ? census : list.retake(census)
}

/**
 * A missing group has no committed offsets, as in Kafka. If a broker did not answer, the group may exist there: an
 * error.
 */
const ofUnlisted = (groupId: string, census: Census): Committed =>
  census.list.failures.length === 0 ? [] : unlisted(groupId, census)

/** The committed offsets of each group, in order. The list provides the coordinators; each then gets one request. */
export const committedOffsets = async (
  parts: GroupParts,
  list: GroupCensus,
  groupIds: readonly string[],
  bounds: RetryBounds,
): Promise<readonly Committed[]> => {
  const census = await censusOf(list, groupIds)
  const question: GroupQuestion<readonly CommittedOffset[]> = {
    groupIds: [...new Set(groupIds)].filter(groupId => census.byId.has(groupId)),
    kindOf: groupId => (census.byId.get(groupId)?.type === SHARE ? SHARE : OTHERS),
    ask: async ({ nodeId, kind, groupIds: ids }) => {
      const groups = await parts.cluster.askNode(nodeId, link => requestFor(kind, link, ids))
      return new Map(groups.map(group => [group.groupId, offsetsOf(group)]))
    },
  }
  const outcomes = await askCoordinators(parts, question, bounds)
  return groupIds.map(groupId => outcomes.get(groupId) ?? ofUnlisted(groupId, census))
}
