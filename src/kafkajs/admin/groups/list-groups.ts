import { asKafkaError, isFailure, KafkaError, kafkaErrorOf, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { GroupList, GroupListing } from '../../../kafka/groups.ts'
import { CONSUMER_GROUP_DESCRIBE } from '../../requests/groups/consumer-group-describe.ts'
import {
  LIST_GROUPS,
  type ListedGroup,
  type ListedGroups,
  listGroupsRequest,
} from '../../requests/groups/list-groups.ts'
import { type AnswerOf, answeredBy } from '../../transport/answered-by.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { isFinal } from '../../transport/first-answer.ts'
import type { Link } from '../../transport/link.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'
import { pickVersion } from '../../wire/api-request.ts'
import { groupStateOf, groupTypeOf } from './group-names.ts'
import type { GroupParts } from './group-parts.ts'

type Listed = readonly GroupListing[]

const request = (link: Link) =>
  answeredBy(link, listGroupsRequest(pickVersion(link.versions, LIST_GROUPS, 'ListGroups', [4, 5])))

/** A broker that neither reports types nor describes newer groups has only classic ones. */
const listingOf = (nodeId: number, link: Link, group: ListedGroup): GroupListing => {
  const fallback = link.versions[CONSUMER_GROUP_DESCRIBE] === undefined ? 'CLASSIC' : 'UNKNOWN'
  return {
    groupId: group.groupId,
    type: group.type === null ? fallback : groupTypeOf(group.type),
    protocol: group.protocolType,
    state: groupStateOf(group.state),
    coordinator: nodeId,
  }
}

const askBroker = async (cluster: ClusterMap, nodeId: number, bounds: RetryBounds): Promise<Outcome<Listed>> => {
  try {
    return await retrying(bounds, async () => {
      const { link, answer }: AnswerOf<ListedGroups> = await cluster.askNode(nodeId, request)
      if (answer.errorCode !== 0) throw kafkaErrorOf(answer.errorCode)
      return answer.groups.map(group => listingOf(nodeId, link, group))
    })
  } catch (thrown) {
    return asKafkaError(thrown)
  }
}

const noneAnswers = (failures: GroupList['failures']): KafkaError => {
  const errors = failures.map(({ error }) => error)
  const [cause] = errors
  const why = cause === undefined ? '' : `: ${cause.message}`
  return errors.find(isFinal) ?? new KafkaError('KAFKA_UNAVAILABLE', `no broker listed its groups${why}`, { cause })
}

const askEach = async ({ cluster, limits }: GroupParts): Promise<GroupList> => {
  if (cluster.nodeIds.length === 0) await cluster.refresh()
  const bounds = { deadlineMs: limits.brokerMs }
  const answers = await Promise.all(
    cluster.nodeIds.map(async nodeId => ({ nodeId, listed: await askBroker(cluster, nodeId, bounds) })),
  )
  const groups = new Map<string, GroupListing>()
  const failures: { readonly nodeId: number; readonly error: KafkaError }[] = []
  for (const { nodeId, listed } of answers) {
    if (isFailure(listed)) failures.push({ nodeId, error: listed })
    // While a group moves, its old coordinator may still list it.
    else for (const group of listed) groups.set(group.groupId, group)
  }
  if (failures.length > 0) cluster.refreshSoon()
  if (failures.length === answers.length) throw noneAnswers(failures)
  return { groups: [...groups.values()].sort(byId), failures }
}

const byId = (one: GroupListing, other: GroupListing): number => (one.groupId < other.groupId ? -1 : 1)

/**
 * Every broker's groups, asked in parallel. Waits for a silent broker for `brokerMs` and then reports it as a failure.
 * @throws KafkaError if none answers: Kafka's error if no retry can help, otherwise KAFKA_UNAVAILABLE.
 */
export const listGroups = async (parts: GroupParts): Promise<GroupList> => {
  const list = await retrying({ deadlineMs: parts.limits.deadlineMs }, () => askEach(parts))
  for (const { groupId, coordinator } of list.groups) parts.coordinators.learn(groupId, coordinator)
  return list
}
