import { isFailure, KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { PayloadWriter, WriteRequest } from '../../kafka/ports/payload-writer.ts'
import type { SchemaType } from '../../kafka/schemas.ts'
import { UnwritableJson } from '../core/scalars/json.ts'
import type { PayloadInputShape, SchemaEncodedInput } from './payload-input.ts'
import type { ProducerMessageInput } from './produce-input.ts'

type MessageInput = typeof ProducerMessageInput.$inferInput

/** The payloads of one message that were encoded by a schema. */
export interface EncodedMessage {
  readonly key?: Buffer
  readonly value?: Buffer
  /** By the index of the header. */
  readonly headers: ReadonlyMap<number, Buffer>
}

/** The messages of a request that have such payloads, by their index: encoded, or why one of their payloads cannot be. */
export type EncodedMessages = ReadonlyMap<number, EncodedMessage | KafkaError>

/** Where a payload belongs in its message. */
type Slot = 'key' | 'value' | number

/** A payload to encode, and its place in the request. */
interface Job {
  readonly index: number
  readonly slot: Slot
  /** The input field of its language: `avro`, `protobuf` or `jsonSchema`. */
  readonly form: string
  readonly request: WriteRequest
}

type BySchema = typeof SchemaEncodedInput.$inferInput

const FORMS: readonly (readonly [form: 'avro' | 'protobuf' | 'jsonSchema', SchemaType])[] = [
  ['avro', 'AVRO'],
  ['protobuf', 'PROTOBUF'],
  ['jsonSchema', 'JSON'],
]

const PARTS = { key: 'KEY', value: 'VALUE' } as const

const requestOf = (topic: string, slot: Slot, schemaType: SchemaType, given: BySchema): WriteRequest => ({
  schemaType,
  data: given.data,
  topic,
  part: typeof slot === 'number' ? 'HEADER' : PARTS[slot],
  subject: given.subject ?? undefined,
  version: given.version ?? undefined,
  schemaId: given.schemaId ?? undefined,
  messageName: given.messageName ?? undefined,
})

const jobsOf = (topic: string, messages: readonly MessageInput[]): readonly Job[] => {
  const jobs: Job[] = []
  const add = (index: number, slot: Slot, input: PayloadInputShape | null | undefined): void => {
    if (!input) return
    for (const [form, schemaType] of FORMS) {
      const given = input[form]
      if (!given) continue
      const request = requestOf(messages[index]?.topic ?? topic, slot, schemaType, given)
      jobs.push({ index, slot, form, request })
    }
  }
  for (const [index, { key, value, headers }] of messages.entries()) {
    add(index, 'key', key)
    add(index, 'value', value)
    for (const [place, header] of (headers ?? []).entries()) add(index, place, header.value)
  }
  return jobs
}

const placeOf = ({ index, slot, form }: Job): string => {
  const payload = typeof slot === 'number' ? `headers[${slot}].value` : slot
  return `input.messages[${index}].${payload}.${form}`
}

/** Names the place in the request, and within the value the field: `input.messages[3].value.avro.data.lines[0].price`. */
const placed = (job: Job, error: KafkaError): KafkaError => {
  const { path } = error.details
  const place = typeof path === 'string' ? `${placeOf(job)}.data${path.replace(/^\$/, '')}` : placeOf(job)
  return new KafkaError(error.code, `${place}: ${error.message}`, { cause: error })
}

const unwritable = ({ data }: WriteRequest): KafkaError | null =>
  data instanceof UnwritableJson
    ? new KafkaError('INVALID_RECORD', `${data.problem}.`, { details: { path: '$' } })
    : null

class Encoded implements EncodedMessage {
  key?: Buffer
  value?: Buffer
  readonly headers = new Map<number, Buffer>()

  put(slot: Slot, bytes: Buffer): void {
    if (typeof slot === 'number') this.headers.set(slot, bytes)
    else this[slot] = bytes
  }
}

/**
 * Encodes every payload of these messages that is given by a schema. A payload that does not fit is the error of its message
 * alone. Asks nobody when no payload needs a schema.
 */
export const encodeBySchema = async (
  topic: string,
  messages: readonly MessageInput[],
  writer: PayloadWriter,
  call: Call,
): Promise<EncodedMessages> => {
  const jobs = jobsOf(topic, messages)
  const sendable = jobs.filter(({ request }) => unwritable(request) === null)
  const written =
    sendable.length === 0
      ? []
      : await writer.write(
          call,
          sendable.map(({ request }) => request),
        )
  const outcomes = new Map(sendable.map((job, index) => [job, written[index]]))
  const encoded = new Map<number, Encoded | KafkaError>()
  for (const job of jobs) {
    const outcome = outcomes.get(job) ?? unwritable(job.request) ?? new KafkaError('UNKNOWN_SERVER_ERROR')
    const message = encoded.get(job.index) ?? new Encoded()
    if (isFailure(message)) continue
    if (!isFailure(outcome)) message.put(job.slot, outcome)
    encoded.set(job.index, isFailure(outcome) ? placed(job, outcome) : message)
  }
  return encoded
}
