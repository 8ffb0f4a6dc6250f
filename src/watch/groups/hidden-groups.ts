import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { GroupList } from '../../kafka/groups.ts'

/** Known groups whose coordinator does not answer keep their previous state. */
export const hiddenGroups = <G extends { readonly groupId: string; readonly coordinator: number | null }>(
  { groups, failures }: GroupList,
  previous: ReadonlyMap<string, G> | null,
): readonly G[] => {
  if (previous === null || failures.length === 0) return []
  const silent = new Set<number | null>(failures.map(({ nodeId }) => nodeId))
  const reported = new Set(groups.map(({ groupId }) => groupId))
  return [...previous.values()].filter(({ groupId, coordinator }) => silent.has(coordinator) && !reported.has(groupId))
}

/** @throws KafkaError INVALID_REQUEST when a watch would follow more groups than allowed. */
export const mustBeFew = (count: number, most: number): void => {
  if (count <= most) return
  const problem = `There are ${count} groups to watch, and one subscription may watch ${most}: name fewer, or filter them.`
  throw new KafkaError('INVALID_REQUEST', problem)
}
