import { GraphQLError } from 'graphql'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { Payload } from '../../kafka/payload/payload.ts'
import type { RegisteredSchema } from '../../kafka/schemas.ts'
import type { GraphQLContext } from '../core/context.ts'
import { operationError, translating } from '../core/errors/failures.ts'
import { type SchemaVersionNode, versionOfPayload } from '../registry/schema-version-type.ts'

/** How long the version of a schema is kept, ms. A subscription would ask the registry about each of its messages. */
const KEPT_MS = 10_000
/** How long a failure is kept before the registry is asked again, ms. */
const FAILURE_KEPT_MS = 5000
/** How long a message waits for a registry that hangs, ms: as long as for the schema itself. */
const LONGEST_WAIT_MS = 3000
/** Topics, parts and visibilities of one schema. */
const KEPT_PLACES = 1000

type Answer = SchemaVersionNode | GraphQLError | null

interface Kept {
  readonly answer: Answer
  readonly until: number
}

const bySchema = new WeakMap<RegisteredSchema, Map<string, Kept>>()

const keep = (schema: RegisteredSchema, place: string, answer: Answer): void => {
  const places = bySchema.get(schema) ?? new Map<string, Kept>()
  if (places.size >= KEPT_PLACES) places.clear()
  const ms = answer instanceof GraphQLError ? FAILURE_KEPT_MS : KEPT_MS
  places.set(place, { answer, until: performance.now() + ms })
  bySchema.set(schema, places)
}

const isOfRegistry = ({ extensions: { code } }: GraphQLError): boolean =>
  code === 'TLS_FAILED' || (typeof code === 'string' && code.startsWith('SCHEMA_REGISTRY_'))

type Ask = () => Promise<SchemaVersionNode | null>

/** Asks the registry, and keeps its answer or its failure. */
const asking =
  (schema: RegisteredSchema, place: string, payload: Payload, context: GraphQLContext): Ask =>
  async () => {
    const { deadline = Number.POSITIVE_INFINITY } = context.call
    try {
      const version = await translating(() => versionOfPayload(schema, payload, context))
      keep(schema, place, version)
      return version
    } catch (thrown) {
      // A caller without time is no failure of the registry.
      const isFailure = thrown instanceof GraphQLError && isOfRegistry(thrown) && performance.now() < deadline
      if (isFailure) keep(schema, place, thrown)
      throw thrown
    }
  }

/** The answer; after the longest wait a failure, which `late` keeps. The request goes on behind it. */
const inTime = (ask: Ask, late: (failure: GraphQLError) => void): Promise<SchemaVersionNode | null> =>
  new Promise((resolve, reject) => {
    const giveUp = () => {
      const text = 'The schema registry did not answer in time.'
      const failure = operationError(new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE', text))
      late(failure)
      reject(failure)
    }
    const timer = setTimeout(giveUp, LONGEST_WAIT_MS)
    ask()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })

/**
 * The version of a subject that the schema of a payload is: at once if it is known to principals who may see the same. Only
 * the first message waits for a registry that does not answer: the next ones fail at once, and it is asked again behind them.
 */
export const payloadSchema = (
  schema: RegisteredSchema,
  payload: Payload,
  context: GraphQLContext,
): SchemaVersionNode | null | Promise<SchemaVersionNode | null> => {
  const { topic, part } = payload
  const place = JSON.stringify([context.call.principal?.visibility, topic, part])
  const { answer, until = 0 } = bySchema.get(schema)?.get(place) ?? {}
  const isFresh = performance.now() < until
  const ask = asking(schema, place, payload, context)
  if (answer instanceof GraphQLError) {
    if (!isFresh) {
      keep(schema, place, answer)
      // Its failure is kept.
      ask().catch(() => undefined)
    }
    throw answer
  }
  return isFresh && answer !== undefined ? answer : inTime(ask, failure => keep(schema, place, failure))
}
