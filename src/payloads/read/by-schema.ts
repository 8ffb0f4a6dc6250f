import type { JsonPath } from '../../kafka/json-path.ts'
import type { PayloadFormatRule } from '../../kafka/payload/format-rule.ts'
import type { Payload } from '../../kafka/payload.ts'
import type { SchemaType } from '../../kafka/schemas.ts'
import type { Framing, UnreadableFraming } from '../registry/framings/framing.ts'
import { readMessagePlace } from '../registry/framings/message-place.ts'
import { isUnreadable, recogniseFraming } from '../registry/framings/recognise-framing.ts'
import { type FoundSchema, isMissing, type SchemaLookup, type SchemaSource } from '../registry/schema-source.ts'
import { unconfiguredSource } from '../registry/unconfigured-registry.ts'
import { type DecodeOptions, DecodeProblem } from '../schema-codec.ts'
import type { SchemaFormat } from './plain-formats.ts'
import { pointerText } from './pointer-text.ts'
import { attempt, Failure, type Outcome, readAs, type Soon } from './reading.ts'

const FORMATS: Readonly<Record<SchemaType, SchemaFormat>> = { AVRO: 'AVRO', PROTOBUF: 'PROTOBUF', JSON: 'JSON_SCHEMA' }
/** The format of a payload whose schema is not known. */
const UNKNOWN = 'SCHEMA'
/** What framings in the bytes begin with. */
const [ZERO, GLUE] = [0, 3]

/** Where the value begins in the bytes, and what is read of it. */
interface Body {
  readonly start: number
  readonly options: DecodeOptions
}

/** What to read, and how the sentences name its schema. */
interface Task {
  readonly bytes: Buffer
  /** The format that was asked for. Undefined: that of the schema. */
  readonly wanted: SchemaFormat | undefined
  readonly name: string
  readonly body: (found: FoundSchema) => Body
}

/** What a rule with a subject says. */
export type BareRule = Pick<PayloadFormatRule, 'messageName'> & {
  readonly subject: string
  readonly format: SchemaFormat
}

/** Protobuf has the place of its message before the value, or in the header. */
const bodyOf = (bytes: Buffer, framing: Framing, path: JsonPath | undefined, { schema }: FoundSchema): Body => {
  const { start, messagePlace } = framing
  if (schema.schemaType !== 'PROTOBUF') return { start, options: { path } }
  const place = messagePlace === null ? readMessagePlace(bytes, start) : readMessagePlace(messagePlace, 0)
  if (place === null) throw new DecodeProblem('what follows the id names no Protobuf message')
  const { messageIndexes, messageName } = place
  const options = { path, messageIndexes: messageIndexes ?? undefined, messageName: messageName ?? undefined }
  return { start: messagePlace === null ? place.start : start, options }
}

/** Calls `next` at once with a value that is there. */
const soon = <T, R>(value: Soon<T>, next: (value: T) => R): Soon<R> =>
  value instanceof Promise ? value.then(next) : next(value)

/** Reads payloads by the schemas of a registry. */
export class SchemaReader {
  readonly #schemas: SchemaSource

  constructor(schemas: SchemaSource) {
    this.#schemas = schemas
  }

  /** How the payload names its schema; null for most. Without a registry only the first byte is looked at. */
  framingOf(payload: Payload): Framing | UnreadableFraming | null {
    const first = payload.bytes[0]
    if (this.#schemas === unconfiguredSource && first !== ZERO && first !== GLUE) return null
    return recogniseFraming(payload)
  }

  /** Reads a framed payload. `wanted`: refuses schemas of another language. */
  framed(
    { bytes }: Payload,
    framing: Framing | UnreadableFraming,
    path: JsonPath | undefined,
    wanted?: SchemaFormat,
  ): Soon<Outcome> {
    if (isUnreadable(framing)) return new Failure(wanted ?? UNKNOWN, framing.problem)
    const name = pointerText(framing.pointer)
    const task: Task = { bytes, wanted, name, body: found => bodyOf(bytes, framing, path, found) }
    return soon(this.#schemas.find(framing.pointer), lookup => this.#read(task, lookup))
  }

  /** Reads bare bytes by the latest schema of a subject. */
  bare({ bytes }: Payload, { subject, format, messageName }: BareRule, path: JsonPath | undefined): Soon<Outcome> {
    const body = { start: 0, options: { path, messageName: messageName ?? undefined } }
    const task: Task = { bytes, wanted: format, name: `the latest schema of ${subject}`, body: () => body }
    return soon(this.#schemas.latest(subject), lookup => this.#read(task, lookup))
  }

  #read({ bytes, wanted, name, body }: Task, lookup: SchemaLookup): Outcome {
    if (isMissing(lookup)) return new Failure(wanted ?? UNKNOWN, `${name}: ${lookup.problem}`)
    const format = FORMATS[lookup.schema.schemaType]
    if (wanted !== undefined && wanted !== format) return new Failure(wanted, `${name} is of the format ${format}`)
    const codec = this.#schemas.compiled(lookup)
    if (isMissing(codec)) return new Failure(format, `${name}: ${codec.problem}`)
    const read = () => {
      const { start, options } = body(lookup)
      return readAs(format, codec.decode(bytes, start, options), lookup.schema)
    }
    return attempt(format, read, name)
  }
}
