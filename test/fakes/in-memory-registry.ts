import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { SchemaRegistry } from '../../src/kafka/ports/schema-registry.ts'
import type { CompatibilityLevel, NewSchema, RegisteredSchema } from '../../src/kafka/schemas.ts'

interface Version {
  readonly version: number
  readonly schema: RegisteredSchema
  isDeleted: boolean
}

/** How tests control the registry, and how often each of its methods was called. */
export interface RegistryControls {
  readonly counts: Readonly<Partial<Record<keyof SchemaRegistry, number>>>
  /** The most calls that were under way at the same time. */
  readonly mostAtOnce: number
  /** Registers without any check. Returns the id. */
  add(subject: string, schema: string, more?: Partial<NewSchema>): number
  /** From now on every call fails. */
  goDown(): void
}

/** The word that makes a schema incompatible with every other one, so that tests need no schema language. */
export const INCOMPATIBLE = 'incompatible'

/** A schema registry in memory. It does not read schemas. */
export const inMemoryRegistry = (): SchemaRegistry & RegistryControls => {
  const subjects = new Map<string, Version[]>()
  const levels = new Map<string | null, CompatibilityLevel>([[null, 'BACKWARD']])
  const ids = new Map<string, RegisteredSchema>()
  const counts: Partial<Record<keyof SchemaRegistry, number>> = {}
  const load = { now: 0, most: 0, isDown: false }

  const called = async <T>(method: keyof SchemaRegistry, answer: () => T): Promise<T> => {
    counts[method] = (counts[method] ?? 0) + 1
    load.now += 1
    load.most = Math.max(load.most, load.now)
    await new Promise(setImmediate)
    load.now -= 1
    if (load.isDown) throw new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE')
    return answer()
  }
  const live = (subject: string) => (subjects.get(subject) ?? []).filter(({ isDeleted }) => !isDeleted)
  const idOf = (text: string, { schemaType = 'AVRO', references = [] }: Partial<NewSchema>): RegisteredSchema => {
    const key = JSON.stringify([schemaType, text, references])
    const known = ids.get(key)
    if (known !== undefined) return known
    const made = { schemaId: ids.size + 1, guid: null, schemaType, schema: text, references }
    ids.set(key, made)
    return made
  }
  const add = (subject: string, text: string, more: Partial<NewSchema> = {}): Version => {
    const versions = subjects.get(subject) ?? []
    const schema = idOf(text, more)
    const known = versions.find(each => each.schema === schema && !each.isDeleted)
    if (known !== undefined) return known
    const version = { version: versions.length + 1, schema, isDeleted: false }
    subjects.set(subject, [...versions, version])
    return version
  }
  const remove = (subject: string, versions: readonly Version[], permanent: boolean): void => {
    for (const version of versions) version.isDeleted = true
    if (!permanent) return
    const rest = (subjects.get(subject) ?? []).filter(version => !versions.includes(version))
    if (rest.length === 0) subjects.delete(subject)
    else subjects.set(subject, rest)
  }
  return {
    counts,
    get mostAtOnce() {
      return load.most
    },
    add: (subject, text, more) => add(subject, text, more).schema.schemaId ?? 0,
    goDown: () => {
      load.isDown = true
    },
    isConfigured: () => true,
    listSubjects: (_, { isDeleted }) =>
      called('listSubjects', () => [...subjects.keys()].filter(name => isDeleted || live(name).length > 0).sort()),
    listVersions: (_, subject, { isDeleted }) =>
      called('listVersions', () => {
        const versions = isDeleted ? (subjects.get(subject) ?? []) : live(subject)
        return versions.length === 0 ? null : versions.map(({ version }) => version)
      }),
    describeVersion: (_, subject, wanted) =>
      called('describeVersion', () => {
        const found =
          wanted === 'latest'
            ? live(subject).at(-1)
            : (subjects.get(subject) ?? []).find(({ version }) => version === wanted)
        return found === undefined ? null : { subject, version: found.version, schema: found.schema }
      }),
    describeSchema: (_, id) =>
      called('describeSchema', () => [...ids.values()].find(({ schemaId }) => schemaId === id) ?? null),
    listUses: (_, id) =>
      called('listUses', () =>
        [...subjects.keys()].flatMap(subject =>
          live(subject).flatMap(({ version, schema }) => (schema.schemaId === id ? [{ subject, version }] : [])),
        ),
      ),
    compatibilityLevel: (_, subject) =>
      called('compatibilityLevel', () => levels.get(subject) ?? levels.get(null) ?? 'NONE'),
    mode: () => called('mode', () => 'READWRITE'),
    checkCompatibility: (_, subject, { schema }) =>
      called('checkCompatibility', () => {
        const isCompatible = live(subject).length === 0 || !schema.includes(INCOMPATIBLE)
        const reasons = isCompatible ? [] : [{ path: '/fields/0', message: 'The field has no default.' }]
        return { isCompatible, reasons }
      }),
    registerSchema: (_, subject, schema) =>
      called('registerSchema', () => {
        if (live(subject).length > 0 && schema.schema.includes(INCOMPATIBLE))
          throw new KafkaError('INCOMPATIBLE_SCHEMA')
        const { version, schema: registered } = add(subject, schema.schema, schema)
        return { subject, version, schema: registered }
      }),
    alterCompatibility: (_, subject, level) =>
      called('alterCompatibility', () => {
        levels.set(subject, level)
        return level
      }),
    deleteSubject: (_, subject, { permanent }) =>
      called('deleteSubject', () => {
        const versions = permanent ? (subjects.get(subject) ?? []) : live(subject)
        if (versions.length === 0) throw new KafkaError('SUBJECT_NOT_FOUND')
        remove(subject, versions, permanent)
        return versions.map(({ version }) => version)
      }),
    deleteVersion: (_, { subject, version }, { permanent }) =>
      called('deleteVersion', () => {
        if (!subjects.has(subject)) throw new KafkaError('SUBJECT_NOT_FOUND')
        const found = (subjects.get(subject) ?? []).find(each => each.version === version)
        if (found === undefined) throw new KafkaError('SCHEMA_VERSION_NOT_FOUND')
        remove(subject, [found], permanent)
        return version
      }),
  }
}
