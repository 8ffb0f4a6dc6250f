import type { ConfigEntry, ConfigResource } from '../../kafka/cluster.ts'
import { ownConfigSource } from '../../kafka/config-source.ts'
import type { AlterConfigOp } from '../../kafka/ports/config-admin.ts'

const itemsOf = (list: string | null): readonly string[] => (list ?? '').split(',').flatMap(item => item.trim() || [])

const valueAfter = ({ op, value }: AlterConfigOp, now: string | null): string | null => {
  const named = itemsOf(value)
  if (op === 'APPEND') return [...new Set([...itemsOf(now), ...named])].join(',')
  if (op === 'SUBTRACT') {
    return itemsOf(now)
      .filter(item => !named.includes(item))
      .join(',')
  }
  return value
}

/** A config that Kafka does not report yet, for example in a group without settings. */
const unset = (name: string, resource: ConfigResource): ConfigEntry => ({
  name,
  value: null,
  source: ownConfigSource(resource),
  type: 'UNKNOWN',
  isSensitive: false,
  isReadOnly: false,
  synonyms: [],
  documentation: null,
})

/**
 * Without its own value a config takes the next of its synonyms; null if Kafka reports none. (Kafka reports none for
 * `retention.ms` and `segment.ms`, whose defaults are kept in hours.)
 */
const fallenBack = (entry: ConfigEntry, resource: ConfigResource): ConfigEntry | null => {
  const synonyms = entry.synonyms.filter(({ source }) => source !== ownConfigSource(resource))
  const [next] = synonyms
  return next ? { ...entry, value: next.value, source: next.source, synonyms } : null
}

/**
 * The value that a config would have after an op that Kafka accepts, computed from its current value and synonyms. Null
 * if the config would disappear or its fallback is unknown.
 */
export const plannedConfig = (
  resource: ConfigResource,
  op: AlterConfigOp,
  entries: readonly ConfigEntry[],
): ConfigEntry | null => {
  const now = entries.find(({ name }) => name === op.name)
  const source = ownConfigSource(resource)
  if (op.op === 'DELETE') {
    if (now === undefined || now.source !== source) return now ?? null
    return fallenBack(now, resource)
  }
  const { synonyms, ...entry } = now ?? unset(op.name, resource)
  const value = entry.isSensitive ? null : valueAfter(op, entry.value)
  const others = synonyms.filter(one => one.source !== source)
  return { ...entry, value, source, synonyms: [{ name: op.name, value, source }, ...others] }
}
