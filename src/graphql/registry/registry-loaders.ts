import DataLoader from 'dataloader'
import { atMost } from '../../async/at-most.ts'
import { onceEach } from '../../async/once.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { SchemaRegistry } from '../../kafka/ports/schema-registry.ts'
import type { CompatibilityLevel, RegisteredSchema, SchemaVersion, SubjectVersion } from '../../kafka/schemas.ts'
import { translated, translating } from '../core/errors/failures.ts'
import type { LoaderSchedule, MakeShared } from '../core/loaders.ts'

/** Requests that one operation has at the registry at the same time. A registry is one small server. */
const MOST_AT_ONCE = 8

/**
 * Up to this many latest versions are requested directly. For more, the list of subjects comes first, because most topics of a
 * cluster have no subject: one request then replaces hundreds that find nothing.
 */
const FEW = 4

/** What one operation asks the registry. Each question is asked once. */
export interface RegistryLoaders {
  /** The names of all subjects, sorted. With `isDeleted` also those that were deleted softly. */
  subjects(isDeleted: boolean): Promise<readonly string[]>
  /** The numbers of a subject's versions, ascending; null if there is no such subject. */
  versions(subject: string, isDeleted: boolean): Promise<readonly number[] | null>
  version(version: SubjectVersion): Promise<SchemaVersion | null>
  /** Null for a subject that does not exist or has only deleted versions. */
  latest(subject: string): Promise<SchemaVersion | null>
  schema(schemaId: number): Promise<RegisteredSchema | null>
  /** The versions that have this schema. */
  uses(schemaId: number): Promise<readonly SubjectVersion[]>
  /** Null asks for the registry's own level. */
  level(subject: string | null): Promise<CompatibilityLevel>
}

type Ask = <T>(request: () => Promise<T>) => Promise<T>

const asOutcome = <T>(answer: Promise<T>): Promise<T | Error> =>
  answer.catch((thrown: unknown) => {
    const error = translated(thrown)
    if (error instanceof Error) return error
    throw error
  })

const latestLoader = (
  registry: SchemaRegistry,
  call: Call,
  { ask, subjects, schedule }: { ask: Ask; subjects: RegistryLoaders['subjects']; schedule: LoaderSchedule },
): DataLoader<string, SchemaVersion | null> => {
  const latest = (name: string) => asOutcome(ask(() => registry.describeVersion(call, name, 'latest')))
  return new DataLoader<string, SchemaVersion | null>(async names => {
    if (names.length <= FEW) return Promise.all(names.map(latest))
    const known = new Set(await subjects(false))
    return Promise.all(names.map(name => (known.has(name) ? latest(name) : null)))
  }, schedule)
}

/** The loaders of one operation, bounded together. */
export const registryLoaders: MakeShared<RegistryLoaders> = ({ schemaRegistry: registry }, call, schedule) => {
  const bounded = atMost(MOST_AT_ONCE)
  const ask: Ask = request => translating(() => bounded(request))
  const subjects = onceEach(String, (isDeleted: boolean) => ask(() => registry.listSubjects(call, { isDeleted })))
  const latest = latestLoader(registry, call, { ask, subjects, schedule })
  return {
    subjects,
    versions: onceEach(
      (subject: string, isDeleted: boolean) => JSON.stringify([subject, isDeleted]),
      (subject, isDeleted) => ask(() => registry.listVersions(call, subject, { isDeleted })),
    ),
    version: onceEach(
      ({ subject, version }: SubjectVersion) => JSON.stringify([subject, version]),
      ({ subject, version }) => ask(() => registry.describeVersion(call, subject, version)),
    ),
    latest: subject => latest.load(subject),
    schema: onceEach(Number, (schemaId: number) => ask(() => registry.describeSchema(call, schemaId))),
    uses: onceEach(Number, (schemaId: number) => ask(() => registry.listUses(call, schemaId))),
    level: onceEach(
      (subject: string | null) => subject,
      subject => ask(() => registry.compatibilityLevel(call, subject)),
    ),
  }
}
