import type { JsonPath } from '../../kafka/json-path.ts'
import type { PayloadFormatRule } from '../../kafka/payload/format-rule.ts'
import type { Payload } from '../../kafka/payload.ts'
import type { SchemaType } from '../../kafka/schemas.ts'
import type { SchemaFormat } from './plain-formats.ts'
import { attempt, Failure, type Outcome, readAs, type Soon } from './reading.ts'
import type { FoundSchema, Framing, MissingSchema, Schemas } from './schema-source.ts'

const FORMATS: Readonly<Record<SchemaType, SchemaFormat>> = { AVRO: 'AVRO', PROTOBUF: 'PROTOBUF', JSON: 'JSON_SCHEMA' }

/** Which schema describes the bytes, and where they begin. */
interface Described {
  /** The schema in sentences, such as `schema 7`. */
  readonly name: string
  /** The format that was asked for. Undefined: that of the schema. */
  readonly wanted: SchemaFormat | undefined
  readonly body: Framing['body']
  readonly messageName?: string | undefined
}

const isMissing = <T extends object>(lookup: T | MissingSchema): lookup is MissingSchema => 'problem' in lookup

/** Calls `next` at once with a value that is there. */
export const soon = <T, R>(value: Soon<T>, next: (value: T) => R): Soon<R> =>
  value instanceof Promise ? value.then(next) : next(value)

/** Reads payloads by the schemas of a registry. */
export class SchemaReader {
  readonly #schemas: Schemas

  constructor(schemas: Schemas) {
    this.#schemas = schemas
  }

  framingOf(payload: Payload): Framing | null {
    return this.#schemas.framingOf(payload)
  }

  /** Reads a framed payload. `wanted`: refuses schemas of another language. */
  framed(payload: Payload, framing: Framing, path: JsonPath | undefined, wanted?: SchemaFormat): Soon<Outcome> {
    const described = { name: framing.name, wanted, body: (found: FoundSchema) => framing.body(found) }
    return soon(framing.find(), lookup => this.#read(payload, described, path, lookup))
  }

  /** Reads bare bytes by the latest schema of a subject. */
  bare(
    payload: Payload,
    { subject, format: wanted, messageName }: BareRule,
    path: JsonPath | undefined,
  ): Soon<Outcome> {
    const name = `the latest schema of the subject ${subject}`
    const described = { name, wanted, messageName: messageName ?? undefined, body: () => ({ start: 0 }) }
    return soon(this.#schemas.latest(subject), lookup => this.#read(payload, described, path, lookup))
  }

  #read(
    payload: Payload,
    { name, wanted, body, messageName }: Described,
    path: JsonPath | undefined,
    lookup: FoundSchema | MissingSchema,
  ): Outcome {
    if (isMissing(lookup)) return new Failure(wanted ?? 'SCHEMA', `${name}: ${lookup.problem}`)
    const format = FORMATS[lookup.schema.schemaType]
    if (wanted !== undefined && wanted !== format) return new Failure(wanted, `${name} is of the format ${format}`)
    const codec = this.#schemas.compiled(lookup)
    if (isMissing(codec)) return new Failure(format, `${name}: ${codec.problem}`)
    return attempt(
      format,
      () => {
        const { start, messageIndexes } = body(lookup)
        return readAs(format, codec.decode(payload.bytes, start, { path, messageIndexes, messageName }), lookup.schema)
      },
      name,
    )
  }
}

/** What a rule with a subject says. */
export type BareRule = Pick<PayloadFormatRule, 'messageName'> & {
  readonly subject: string
  readonly format: SchemaFormat
}
