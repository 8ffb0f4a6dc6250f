import { atMost } from '../../async/at-most.ts'
import { KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import { subjectOfTopic } from '../../kafka/payload/subject-name.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { WriteRequest } from '../../kafka/ports/payload-writer.ts'
import { isNumber } from '../registry/is-number.ts'
import { type FoundSchema, isMissing, type SchemaLookup, type SchemaSource } from '../registry/schema-source.ts'
import { beforeDeadline } from './before-deadline.ts'

/** Schemas that one request looks up at the same time. */
const MOST_AT_ONCE = 8

/** Which schema a request asks for. */
type Wanted =
  | { readonly kind: 'id'; readonly schemaId: number }
  | { readonly kind: 'version'; readonly subject: string; readonly version: number | null }

const keyOf = (wanted: Wanted): string =>
  wanted.kind === 'id' ? String(wanted.schemaId) : JSON.stringify([wanted.subject, wanted.version])

const defaultSubject = ({ topic, part }: WriteRequest): string => {
  if (part !== 'HEADER') return subjectOfTopic(topic, part)
  throw new KafkaError('INVALID_RECORD', 'A header has no default subject: give subject or schemaId.')
}

/** @throws KafkaError for numbers that no registry gives. Confluent's registry takes the version -1 for the latest one. */
const checkNumbers = (schemaId: number | undefined, version: number | null): void => {
  if (schemaId !== undefined && !isNumber(schemaId))
    throw new KafkaError('SCHEMA_NOT_FOUND', `The id of a schema is 1 or more, not ${schemaId}.`)
  if (version !== null && !isNumber(version))
    throw new KafkaError('INVALID_SCHEMA_VERSION', `The number of a version is 1 or more, not ${version}.`)
}

/** @throws KafkaError if the request names no schema, or two. */
const wantedBy = (request: WriteRequest): Wanted => {
  const { schemaId, subject, version = null } = request
  checkNumbers(schemaId, version)
  if (schemaId === undefined) return { kind: 'version', subject: subject ?? defaultSubject(request), version }
  if (subject === undefined && version === null) return { kind: 'id', schemaId }
  throw new KafkaError('INVALID_RECORD', 'Give schemaId, or subject and version, not both.')
}

const lookUp = (wanted: Wanted, source: SchemaSource): SchemaLookup | Promise<SchemaLookup> => {
  if (wanted.kind === 'id') return source.byId(wanted.schemaId)
  const { subject, version } = wanted
  return version === null ? source.latest(subject) : source.byVersion(subject, version)
}

const late = (): KafkaError =>
  new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE', 'The schema registry did not answer in time; nothing was written.')

const outcomeOf = (lookup: SchemaLookup): Outcome<FoundSchema> =>
  isMissing(lookup) ? new KafkaError(lookup.code ?? 'SCHEMA_REGISTRY_FAILED', `${lookup.problem}.`) : lookup

/** Finds the schema of each request. Requests for the same schema share one lookup. */
export const schemasOf = (
  call: Call,
  requests: readonly WriteRequest[],
  source: SchemaSource,
): Promise<readonly Outcome<FoundSchema>[]> => {
  const bounded = atMost(MOST_AT_ONCE)
  const lookups = new Map<string, Promise<Outcome<FoundSchema>>>()
  const find = (request: WriteRequest): Promise<Outcome<FoundSchema>> => {
    const wanted = wantedBy(request)
    const key = keyOf(wanted)
    const known = lookups.get(key)
    if (known !== undefined) return known
    const found = bounded(() => beforeDeadline(call, async () => outcomeOf(await lookUp(wanted, source)), late))
    lookups.set(key, found)
    return found
  }
  return Promise.all(
    requests.map(async request => {
      try {
        return await find(request)
      } catch (thrown) {
        if (thrown instanceof KafkaError) return thrown
        throw thrown
      }
    }),
  )
}
