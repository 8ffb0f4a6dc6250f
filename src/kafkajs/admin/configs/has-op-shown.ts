import type { ConfigEntry, ConfigResource } from '../../../kafka/cluster.ts'
import { ownConfigSource } from '../../../kafka/config-source.ts'
import type { AlterConfigOp } from '../../../kafka/ports/config-admin.ts'

const itemsOf = (list: string | null): readonly string[] => [
  ...new Set((list ?? '').split(',').flatMap(item => item.trim() || [])),
]

/** Kafka normalises values: "TRUE" to "true", "007" to "7", "a, b" to "a,b". */
const isSameValue = (one: string | null, other: string | null): boolean => {
  const [left, right] = [itemsOf(one).join(',').toLowerCase(), itemsOf(other).join(',').toLowerCase()]
  return left === right || (left !== '' && right !== '' && Number(left) === Number(right))
}

/** True once a resource's configs, as a broker reports them, contain the result of this op. */
export const hasOpShown = (
  resource: ConfigResource,
  { op, name, value }: AlterConfigOp,
  entries: readonly ConfigEntry[],
): boolean => {
  const entry = entries.find(one => one.name === name)
  const isOwn = entry?.source === ownConfigSource(resource)
  if (op === 'DELETE') return !isOwn
  if (entry === undefined || !isOwn) return false
  // Brokers never report secrets, so their change cannot be observed.
  if (entry.isSensitive) return true
  if (op === 'SET') return isSameValue(entry.value, value)
  const items = itemsOf(entry.value)
  return itemsOf(value).every(item => items.includes(item) === (op === 'APPEND'))
}
