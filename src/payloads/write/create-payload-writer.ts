import { EventLoopSlices } from '../../async/event-loop-slices.ts'
import { isFailure, KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { PayloadWriter, WriteRequest } from '../../kafka/ports/payload-writer.ts'
import type { SchemaType } from '../../kafka/schemas.ts'
import { frame } from '../registry/framings/frame.ts'
import { type FoundSchema, isMissing, type SchemaSource } from '../registry/schema-source.ts'
import { EncodeProblem, type SchemaCodec } from '../schema-codec.ts'
import { schemasOf } from './schemas-of-requests.ts'

/** How long values are encoded before other work gets its turn, ms. */
const SLICE_MS = 8

/** Where `produce` takes a value of each language. */
const FORMS: Readonly<Record<SchemaType, string>> = { AVRO: 'avro', PROTOBUF: 'protobuf', JSON: 'jsonSchema' }

const sentence = (problem: string): string => (/[.!?]$/.test(problem) ? problem : `${problem}.`)

const misfit = (problem: string): KafkaError => new KafkaError('INVALID_RECORD', problem)

/** Why this schema cannot write the request's value, whatever the value is; null if it can. */
const obstacle = ({ schemaType, messageName }: WriteRequest, { schema }: FoundSchema): KafkaError | null => {
  if (schema.schemaType !== schemaType)
    return misfit(`The schema is of type ${schema.schemaType}: give the value as ${FORMS[schema.schemaType]}.`)
  if (messageName !== undefined && schemaType !== 'PROTOBUF')
    return misfit('Only a Protobuf schema has several messages: leave messageName out.')
  return null
}

const encoded = (codec: SchemaCodec, { data, messageName }: WriteRequest, schemaId: number): Outcome<Buffer> => {
  try {
    const { bytes, messageIndexes } = codec.encode(data, messageName)
    return frame(schemaId, messageIndexes, bytes)
  } catch (thrown) {
    if (!(thrown instanceof EncodeProblem)) throw thrown
    return new KafkaError('INVALID_RECORD', sentence(thrown.message), { details: { path: thrown.path }, cause: thrown })
  }
}

const written = (request: WriteRequest, found: Outcome<FoundSchema>, source: SchemaSource): Outcome<Buffer> => {
  if (isFailure(found)) return found
  const { schemaId } = found.schema
  if (schemaId === null) return misfit('The registry has no number for this schema, which the framing needs.')
  const problem = obstacle(request, found)
  if (problem !== null) return problem
  const codec = source.compiled(found)
  if (isMissing(codec)) return new KafkaError('INVALID_SCHEMA', sentence(codec.problem))
  return encoded(codec, request, schemaId)
}

/** Encodes values by the schemas of a registry. Long requests are encoded in slices. */
export const createPayloadWriter = (source: SchemaSource): PayloadWriter => ({
  async write(call, requests) {
    const schemas = await schemasOf(call, requests, source)
    const slices = new EventLoopSlices(SLICE_MS)
    const outcomes: Outcome<Buffer>[] = []
    for (const [index, request] of requests.entries()) {
      if (slices.isOver) await slices.next()
      const found = schemas[index]
      if (found !== undefined) outcomes.push(written(request, found, source))
    }
    return outcomes
  },
})
