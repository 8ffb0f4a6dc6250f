import type { Payload } from '../../kafka/payload.ts'
import type { RegisteredSchema } from '../../kafka/schemas.ts'
import type { GraphQLContext } from '../core/context.ts'
import { translating } from '../core/errors/failures.ts'
import { type SchemaVersionNode, versionOfPayload } from '../registry/schema-version-type.ts'

/** How long the version of a schema is kept, ms. A subscription would ask the registry about each of its messages. */
const KEPT_MS = 10_000
/** Topics, parts and visibilities of one schema. */
const KEPT_PLACES = 1000

interface Kept {
  readonly version: SchemaVersionNode | null
  readonly until: number
}

const bySchema = new WeakMap<RegisteredSchema, Map<string, Kept>>()

const keep = (schema: RegisteredSchema, place: string, version: SchemaVersionNode | null): void => {
  const places = bySchema.get(schema) ?? new Map<string, Kept>()
  if (places.size >= KEPT_PLACES) places.clear()
  places.set(place, { version, until: performance.now() + KEPT_MS })
  bySchema.set(schema, places)
}

/** The version of a subject that the schema of a payload is: at once if it is known to principals who may see the same. */
export const payloadSchema = (
  schema: RegisteredSchema,
  payload: Payload,
  context: GraphQLContext,
): SchemaVersionNode | null | Promise<SchemaVersionNode | null> => {
  const { topic, part } = payload
  const place = JSON.stringify([context.call.principal?.visibility, topic, part])
  const kept = bySchema.get(schema)?.get(place)
  if (kept !== undefined && performance.now() < kept.until) return kept.version
  return translating(async () => {
    const version = await versionOfPayload(schema, payload, context)
    keep(schema, place, version)
    return version
  })
}
