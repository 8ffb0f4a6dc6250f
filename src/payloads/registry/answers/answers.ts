import { z } from 'zod'
import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type {
  CompatibilityLevel,
  CompatibilityResult,
  RegisteredSchema,
  SchemaVersion,
  SubjectVersion,
} from '../../../kafka/schemas.ts'
import type { HttpAnswer } from '../client/exchange.ts'

const LEVELS = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const satisfies readonly CompatibilityLevel[]

const version = z.int().min(1)
const reference = z.object({ name: z.string(), subject: z.string(), version: z.int() })
/** A registry leaves out the type of an Avro schema, and references where there are none. */
const schema = z.object({
  schema: z.string(),
  schemaType: z.enum(['AVRO', 'PROTOBUF', 'JSON']).nullish(),
  references: z.array(reference).nullish(),
  guid: z.string().nullish(),
})
const schemaVersion = schema.extend({ subject: z.string(), version, id: z.int().nullish() })
const registered = z.object({ id: z.int(), version: version.nullish() })
const compatibility = z.object({ is_compatible: z.boolean(), messages: z.array(z.string()).nullish() })
/** Asked for it, a registry answers `compatibilityLevel`; after a change, `compatibility`. */
const level = z.object({ compatibilityLevel: z.enum(LEVELS) }).or(z.object({ compatibility: z.enum(LEVELS) }))

const unusable = (what: string, cause?: unknown): KafkaError =>
  new KafkaError('SCHEMA_REGISTRY_FAILED', `the schema registry sent ${what} that this server cannot read`, { cause })

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw unusable('an answer that is no JSON,', cause)
  }
}

/** Reads answers of one shape. `what` names it in errors. */
const reader =
  <T>(what: string, shape: z.ZodType<T>) =>
  ({ body }: HttpAnswer): T => {
    const { success, data, error } = shape.safeParse(parsed(body))
    if (success) return data
    const [issue] = error.issues
    throw unusable(`${what} (${issue?.path.join('.') || 'the whole'}: ${issue?.message})`, error)
  }

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const schemaOf = (schemaId: number | null, found: z.infer<typeof schema>): RegisteredSchema => ({
  schemaId,
  guid: found.guid != null && GUID.test(found.guid) ? found.guid.toLowerCase() : null,
  schemaType: found.schemaType ?? 'AVRO',
  schema: found.schema,
  references: (found.references ?? []).map(({ name, subject, version: at }) => ({ name, subject, version: at })),
})

const readSchema = reader('a schema', schema.extend({ id: z.int().nullish() }))
const readSchemaVersion = reader('a version of a subject', schemaVersion)
const readCompatibility = reader('a result of a compatibility check', compatibility)
const readLevel = reader('a compatibility level', level)

/** The schema in an answer about this id; null where the schema was asked for by its GUID. */
export const schemaIn = (answer: HttpAnswer, schemaId: number | null): RegisteredSchema => {
  const found = readSchema(answer)
  return schemaOf(schemaId ?? found.id ?? null, found)
}

/** The version of a subject in an answer. */
export const schemaVersionIn = (answer: HttpAnswer): SchemaVersion => {
  const found = readSchemaVersion(answer)
  return { subject: found.subject, version: found.version, schema: schemaOf(found.id ?? null, found) }
}

/** The id of a schema that was registered, and its version if the registry sends it. */
export const registeredIn = reader('the id of a registered schema', registered)

/** Names of subjects. */
export const subjectsIn = reader('a list of subjects', z.array(z.string()))

/** Numbers of versions. */
export const versionNumbersIn = reader('a list of versions', z.array(version))

/** The number of a deleted version. */
export const deletedVersionIn = reader('the number of a deleted version', version)

/** Versions that have a schema. */
export const usesIn = (answer: HttpAnswer): readonly SubjectVersion[] =>
  reader('a list of versions', z.array(z.object({ subject: z.string(), version })))(answer)

/** The mode. */
export const modeIn = (answer: HttpAnswer): string => reader('a mode', z.object({ mode: z.string() }))(answer).mode

/** The compatibility level. */
export const levelIn = (answer: HttpAnswer): CompatibilityLevel => {
  const found = readLevel(answer)
  return 'compatibilityLevel' in found ? found.compatibilityLevel : found.compatibility
}

/** Confluent writes each reason as text, with the place in it: `… at path '/fields/0' …`. */
const PLACE = /\bat path '([^']*)'/
const MOST_REASONS = 100

/** The result of a compatibility check. */
export const compatibilityIn = (answer: HttpAnswer): CompatibilityResult => {
  const { is_compatible: isCompatible, messages } = readCompatibility(answer)
  const texts = isCompatible ? [] : (messages ?? []).slice(0, MOST_REASONS)
  return { isCompatible, reasons: texts.map(message => ({ path: PLACE.exec(message)?.[1] ?? null, message })) }
}

const searched = reader('a search result', z.object({ versions: z.array(z.object({ contentId: z.int() })) }))

/** The id of the schema that a search of Apicurio found; null if it found none. */
export const searchedIdIn = (answer: HttpAnswer): number | null => searched(answer).versions[0]?.contentId ?? null
