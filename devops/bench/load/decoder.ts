import avsc from 'avsc'
import { makeOrders, orderSchema } from './orders.ts'

/** Decodes one payload. */
type Decode = (index: number) => unknown

/** The product's codec, which runs as it was built. */
interface BuiltAvro {
  compileAvro(text: { readonly schemaType: 'AVRO'; readonly schema: string; readonly references: readonly [] }): {
    decode(bytes: Buffer, start: number, options: { readonly path?: readonly string[] }): { readonly value: unknown }
  }
}

/** What is measured. */
export type Decoder = 'ours' | 'one field by ours' | 'avsc' | 'JSON.parse'

const ORDERS = 500
/** A field in the middle of a record in the middle. */
const PATH = ['customer', 'address', 'city']

const orders = makeOrders(ORDERS)
const order = avsc.Type.forSchema(JSON.parse(JSON.stringify(orderSchema)))
const payloads = orders.map(one => order.toBuffer(one))
const texts = orders.map(one => Buffer.from(JSON.stringify(one)))

const payload = (index: number): Buffer => payloads[index] ?? Buffer.alloc(0)

/** Other schemas that the process has read before: the engine then knows many shapes of records. */
const others = Array.from({ length: 30 }, (_, number) => ({
  type: 'record' as const,
  name: `Other${number}`,
  fields: Array.from({ length: 3 + (number % 9) }, (_, field) => ({
    name: `field${number}_${field}`,
    type: field % 2 === 0 ? ('string' as const) : ('long' as const),
  })),
}))

const otherPayload = ({ fields }: (typeof others)[number]): Buffer =>
  Buffer.concat(fields.map(({ type }) => (type === 'string' ? Buffer.from('\u0006abc') : Buffer.of(2))))

const oursFor = async (path: readonly string[]): Promise<Decode> => {
  const built: BuiltAvro = await import(new URL('../../../dist/payloads/avro/compile-avro.js', import.meta.url).href)
  const compile = (schema: object) =>
    built.compileAvro({ schemaType: 'AVRO', schema: JSON.stringify(schema), references: [] })
  for (const other of others) {
    const codec = compile(other)
    for (let left = 300; left > 0; left--) codec.decode(otherPayload(other), 0, {})
  }
  const codec = compile(orderSchema)
  const options = { path }
  return index => codec.decode(payload(index), 0, options).value
}

const avscFor = async (): Promise<Decode> => {
  for (const other of others) {
    const type = avsc.Type.forSchema(other)
    for (let left = 300; left > 0; left--) type.fromBuffer(otherPayload(other))
  }
  return index => order.fromBuffer(payload(index))
}

const decoders: Readonly<Record<Decoder, () => Promise<Decode>>> = {
  ours: () => oursFor([]),
  'one field by ours': () => oursFor(PATH),
  avsc: avscFor,
  'JSON.parse': async () => index => JSON.parse(String(texts[index])),
}

let decode: Decode = () => undefined

/** The calls of a process that decodes orders. */
export const decoderCalls = {
  /** Prepares one decoder, and returns what it makes of the first order. */
  prepare: async ({ decoder }: { readonly decoder: Decoder }) => {
    decode = await decoders[decoder]()
    return JSON.stringify(decode(0))
  },
  /** Orders decoded in a second. */
  measure: async ({ ms }: { readonly ms: number }) => {
    const began = performance.now()
    let count = 0
    for (; performance.now() - began < ms; count += ORDERS) for (let index = 0; index < ORDERS; index++) decode(index)
    return (1000 * count) / (performance.now() - began)
  },
}
