import type { GroupList } from '../kafka/groups.ts'
import { KafkaError } from '../kafka/kafka-error.ts'

/** Groups known before that hide behind a broker which does not answer: they are as they were. */
export const hiddenGroups = <G extends { readonly groupId: string; readonly coordinator: number | null }>(
  { groups, failures }: GroupList,
  previous: ReadonlyMap<string, G> | null,
): readonly G[] => {
  if (previous === null || failures.length === 0) return []
  const silent = new Set<number | null>(failures.map(({ nodeId }) => nodeId))
  const told = new Set(groups.map(({ groupId }) => groupId))
  return [...previous.values()].filter(({ groupId, coordinator }) => silent.has(coordinator) && !told.has(groupId))
}

/** @throws KafkaError INVALID_REQUEST when a watch would follow more groups than one may. */
export const mustBeFew = (count: number, most: number): void => {
  if (count <= most) return
  const problem = `There are ${count} groups to watch, and one subscription may watch ${most}: name fewer, or filter them.`
  throw new KafkaError('INVALID_REQUEST', problem)
}
