import type { ConfigEntry, ConfigResource } from '../../kafka/cluster.ts'
import { ownConfigSource } from '../../kafka/config-source.ts'
import type { AlterConfigOp } from '../../kafka/ports/config-admin.ts'

const itemsOf = (list: string | null): readonly string[] => [
  ...new Set((list ?? '').split(',').flatMap(item => item.trim() || [])),
]

/** Kafka tells a value as it understood it: "TRUE" as "true", "007" as "7", "a, b" as "a,b". */
const isSameValue = (one: string | null, other: string | null): boolean => {
  const [left, right] = [itemsOf(one).join(',').toLowerCase(), itemsOf(other).join(',').toLowerCase()]
  return left === right || (left !== '' && right !== '' && Number(left) === Number(right))
}

/** True once a resource's configs, as a broker tells them, are what this op makes of them. */
export const hasOpShown = (
  resource: ConfigResource,
  { op, name, value }: AlterConfigOp,
  entries: readonly ConfigEntry[],
): boolean => {
  const entry = entries.find(one => one.name === name)
  const isOwn = entry?.source === ownConfigSource(resource)
  if (op === 'DELETE') return !isOwn
  if (entry === undefined || !isOwn) return false
  // Nobody tells a secret, so nobody sees it change.
  if (entry.isSensitive) return true
  if (op === 'SET') return isSameValue(entry.value, value)
  const items = itemsOf(entry.value)
  return itemsOf(value).every(item => items.includes(item) === (op === 'APPEND'))
}
