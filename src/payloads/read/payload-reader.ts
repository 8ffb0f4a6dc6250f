import type { PayloadFormatRule } from '../../kafka/payload/format-rule.ts'
import type { JsonPath } from '../../kafka/payload/json-path.ts'
import type { Payload } from '../../kafka/payload/payload.ts'
import type { PayloadFormat } from '../../kafka/payload/payload-format.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { PayloadReader, ReadPayload, ReadRequest } from '../../kafka/ports/payload-reader.ts'
import type { SchemaSource } from '../registry/schema-source.ts'
import { unconfiguredSource } from '../registry/unconfigured-registry.ts'
import { SchemaReader } from './by-schema.ts'
import { FormatRules } from './format-rules.ts'
import { inTurn, type Step } from './in-turn.ts'
import { internalFormat, readInternal } from './internal-topics.ts'
import { KeptReadings } from './kept-readings.ts'
import { KeptTexts } from './kept-texts.ts'
import { isPlain, PLAIN_READERS, type SchemaFormat } from './plain-formats.ts'
import { attempt, Failure, NO_FAILURES, type Outcome, partOf, readAs, type Soon, unread } from './reading.ts'
import { recogniseBytes } from './recognise-bytes.ts'

/** What a reader is made of. */
export interface PayloadReaderOptions {
  /** The setting PAYLOAD_FORMATS. Default: none. */
  readonly rules?: readonly PayloadFormatRule[]
  /** Default: no registry. */
  readonly schemas?: SchemaSource
}

/** The question for the whole value in the format that is recognised. */
const WHOLE: ReadRequest = {}

const isOfSchema = (format: PayloadFormat): format is SchemaFormat =>
  format === 'AVRO' || format === 'PROTOBUF' || format === 'JSON_SCHEMA'

class Reader implements PayloadReader {
  readonly #rules: FormatRules
  readonly #schemas: SchemaReader
  readonly #kept = new KeptReadings()
  readonly #texts = new KeptTexts()

  constructor({ rules = [], schemas = unconfiguredSource }: PayloadReaderOptions) {
    this.#rules = new FormatRules(rules)
    this.#schemas = new SchemaReader(schemas)
  }

  text(bytes: Buffer): string | null {
    return this.#texts.textOf(bytes)
  }

  read(_call: Call, payload: Payload, request: ReadRequest): Soon<ReadPayload> {
    const kept = this.#kept.get(payload, request)
    if (kept !== undefined) return kept
    const { as, path } = request
    if (as === undefined && path !== undefined && !this.#mayHaveSchema(payload)) return this.#part(payload, path)
    const read = as === undefined ? this.#recognised(payload, path) : this.#forced(payload, as, path)
    this.#kept.keep(payload, request, read)
    return read
  }

  #mayHaveSchema(payload: Payload): boolean {
    const rule = this.#rules.of(payload)
    if (rule !== undefined && isOfSchema(rule.format)) return true
    return internalFormat(payload.topic) === undefined && this.#schemas.framingOf(payload) !== null
  }

  /** Without a schema a path saves nothing: the whole value is read once for all paths. */
  #part(payload: Payload, path: JsonPath): Soon<ReadPayload> {
    const known = this.#kept.get(payload, WHOLE)
    const whole = known ?? this.#recognised(payload, undefined)
    if (known === undefined) this.#kept.keep(payload, WHOLE, whole)
    return whole instanceof Promise
      ? whole.then(read => partOf(read, path, false))
      : partOf(whole, path, known !== undefined)
  }

  #recognised(payload: Payload, path: JsonPath | undefined): Soon<ReadPayload> {
    const steps = this.#steps(payload, path)
    const { textOf } = this.#texts
    if (steps === null) return recogniseBytes(payload.bytes, path, NO_FAILURES, textOf)
    return inTurn(steps, failures => recogniseBytes(payload.bytes, path, failures, textOf))
  }

  /** What is tried before the bytes are judged by their looks; null for most payloads. */
  #steps(payload: Payload, path: JsonPath | undefined): readonly Step[] | null {
    const rule = this.#rules.of(payload)
    const internal = internalFormat(payload.topic)
    // Kafka's own records begin with zeros like a framing.
    const framing = internal === undefined ? this.#schemas.framingOf(payload) : null
    if (rule === undefined && framing === null && internal === undefined) return null
    const steps: Step[] = []
    if (rule !== undefined) steps.push(this.#configured(payload, rule, path))
    if (framing !== null) steps.push(() => this.#schemas.framed(payload, framing, path))
    if (internal !== undefined) steps.push(() => readInternal(internal, payload, path))
    return steps
  }

  #configured(payload: Payload, rule: PayloadFormatRule, path: JsonPath | undefined): Step {
    const { format, subject } = rule
    if (!isOfSchema(format)) return () => this.#asPlain(payload, format, path)
    if (subject === null) return () => new Failure(format, 'PAYLOAD_FORMATS names no subject')
    return () => this.#schemas.bare(payload, { ...rule, format, subject }, path)
  }

  #asPlain(payload: Payload, format: Exclude<PayloadFormat, SchemaFormat>, path: JsonPath | undefined): Outcome {
    if (!isPlain(format)) return readInternal(format, payload, path)
    return attempt(format, () => readAs(format, PLAIN_READERS[format](payload.bytes, path)))
  }

  #forced(payload: Payload, as: PayloadFormat, path: JsonPath | undefined): Soon<ReadPayload> {
    const step: Step = isOfSchema(as)
      ? () => this.#forcedSchema(payload, as, path)
      : () => this.#asPlain(payload, as, path)
    return inTurn([step], failures => unread(as, failures))
  }

  /** By the framing of the payload, otherwise by the subject that the settings name for it. */
  #forcedSchema(payload: Payload, format: SchemaFormat, path: JsonPath | undefined): ReturnType<Step> {
    const schemas = this.#schemas
    const rule = this.#rules.of(payload)
    if (rule?.format === format && rule.subject !== null)
      return schemas.bare(payload, { ...rule, format, subject: rule.subject }, path)
    const framing = schemas.framingOf(payload)
    if (framing !== null) return schemas.framed(payload, framing, path, format)
    return new Failure(format, 'the bytes name no schema, and PAYLOAD_FORMATS names no subject for them')
  }
}

/** Makes the reader of payloads: the settings first, then a registry's framing, then what the bytes look like. */
export const createPayloadReader = (options: PayloadReaderOptions = {}): PayloadReader => new Reader(options)
