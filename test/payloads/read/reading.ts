import type { Payload, PayloadPart } from '../../../src/kafka/payload.ts'
import { Payload as PayloadOf } from '../../../src/kafka/payload.ts'
import type { PayloadReader, ReadPayload, ReadRequest } from '../../../src/kafka/ports/payload-reader.ts'
import type { RegisteredSchema } from '../../../src/kafka/schemas.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import { compileAvro } from '../../../src/payloads/avro/compile-avro.ts'
import type {
  FoundSchema,
  SchemaLookup,
  SchemaSource,
  SoonLookup,
} from '../../../src/payloads/registry/schema-source.ts'
import { testCall } from '../../support/call.ts'

/** What a test says about a payload. */
interface About {
  readonly topic?: string
  readonly part?: PayloadPart
  readonly key?: Buffer | null
  readonly headers?: readonly { readonly key: string; readonly value: Buffer | null }[]
}

export const payloadOf = (bytes: Buffer, { topic = 'orders', part = 'VALUE', key = null, headers = [] }: About = {}) =>
  new PayloadOf(toTopicName(topic), part, bytes, { key, headers })

export const readWith = (reader: PayloadReader, payload: Payload, request: ReadRequest = {}) =>
  reader.read(testCall, payload, request)

/** Reads what must be there at once. */
export const readNow = (reader: PayloadReader, payload: Payload, request: ReadRequest = {}): ReadPayload => {
  const read = readWith(reader, payload, request)
  if (read instanceof Promise) throw new Error('the payload is read later')
  return read
}

/** An Avro schema as a registry finds it. */
export const avroSchema = (schemaId: number, type: unknown): FoundSchema => {
  const schema: RegisteredSchema = {
    schemaId,
    guid: null,
    schemaType: 'AVRO',
    schema: JSON.stringify(type),
    references: [],
  }
  return { schema, text: { schemaType: 'AVRO', schema: schema.schema, references: [] } }
}

/** Schemas by id and subject. `isLate`: each lookup is a promise. It counts the lookups. */
export class SchemasInMemory implements SchemaSource {
  lookups = 0
  isLate = false
  readonly #byId: ReadonlyMap<number, FoundSchema>
  readonly #latest: ReadonlyMap<string, FoundSchema>
  readonly #codecs = new Map<FoundSchema, ReturnType<typeof compileAvro>>()

  constructor(schemas: readonly FoundSchema[], latest: Readonly<Record<string, FoundSchema>> = {}) {
    this.#byId = new Map(schemas.map(found => [found.schema.schemaId ?? 0, found]))
    this.#latest = new Map(Object.entries(latest))
  }

  #answer(found: FoundSchema | undefined, problem: string): SoonLookup {
    this.lookups += 1
    const lookup: SchemaLookup = found ?? { problem }
    return this.isLate ? Promise.resolve(lookup) : lookup
  }

  byId(id: number): SoonLookup {
    return this.#answer(this.#byId.get(id), `the schema registry has no schema ${id}`)
  }

  byGuid(guid: string): SoonLookup {
    return this.#answer(undefined, `the schema registry has no schema ${guid}`)
  }

  latest(subject: string): SoonLookup {
    return this.#answer(this.#latest.get(subject), `the schema registry has no subject ${subject}`)
  }

  byVersion(subject: string): SoonLookup {
    return this.latest(subject)
  }

  find(pointer: Parameters<SchemaSource['find']>[0]): SoonLookup {
    return 'id' in pointer ? this.byId(pointer.id) : this.#answer(undefined, 'the schema registry has no such schema')
  }

  compiled(found: FoundSchema): ReturnType<SchemaSource['compiled']> {
    const known = this.#codecs.get(found) ?? compileAvro(found.text)
    this.#codecs.set(found, known)
    return known
  }
}

/** Bytes with Confluent's framing. */
export const framed = (schemaId: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(schemaId, 1)
  return Buffer.concat([head, value])
}
