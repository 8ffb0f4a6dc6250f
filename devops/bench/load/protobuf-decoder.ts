import protobuf from 'protobufjs'
import { makeOrders } from './orders.ts'

/** Decodes one payload. */
type Decode = (index: number) => unknown

/** The product's codec, which runs as it was built. */
interface BuiltProtobuf {
  compileProtobuf(text: {
    readonly schemaType: 'PROTOBUF'
    readonly schema: string
    readonly references: readonly []
  }): {
    decode(bytes: Buffer, start: number, options: { readonly path?: readonly string[] }): { readonly value: unknown }
  }
}

/** What is measured. */
export type ProtobufDecoder = 'ours' | 'one field by ours' | 'protobufjs' | 'JSON.parse'

const ORDERS = 500
/** A field in the middle of a message in the middle. */
const PATH = ['customer', 'address', 'city']

/** The order of the benchmark for Avro, as Protobuf. */
const SCHEMA = `
  syntax = "proto3";
  message Order {
    string order_id = 1; int64 created_at = 2; double amount = 3; string currency = 4; Customer customer = 5;
    repeated Item items = 6; Status status = 7; optional string note = 8; optional string coupon = 9; bool is_gift = 10;
    map<string, string> attributes = 11; int32 version = 12;
  }
  message Customer { int64 id = 1; string name = 2; string email = 3; Address address = 4; }
  message Address { string street = 1; string city = 2; string zip = 3; string country = 4; }
  message Item { string sku = 1; int32 quantity = 2; double price = 3; repeated string tags = 4; }
  enum Status { NEW = 0; PAID = 1; SHIPPED = 2; }
`
/** What makes protobufjs return the same JSON. */
const AS_JSON = { longs: String, enums: String, bytes: String }

const order = protobuf.parse(SCHEMA).root.lookupType('Order')
const payloads = makeOrders(ORDERS).map(one => Buffer.from(order.encode(order.fromObject(one)).finish()))
const texts = payloads.map(bytes => Buffer.from(JSON.stringify(order.toObject(order.decode(bytes), AS_JSON))))

const payload = (index: number): Buffer => payloads[index] ?? Buffer.alloc(0)

/** Other schemas that the process has read before: the engine then knows many shapes of messages. */
const others = Array.from({ length: 30 }, (_, number) => ({
  schema: `syntax = "proto3"; message Other { ${Array.from(
    { length: 3 + (number % 9) },
    (_, field) => `${field % 2 === 0 ? 'string' : 'int64'} field${number}_${field} = ${field + 1};`,
  ).join(' ')} }`,
  bytes: Buffer.from('0a03616263100258', 'hex').subarray(0, 7),
}))

const oursFor = async (path: readonly string[]): Promise<Decode> => {
  const file = new URL('../../../dist/payloads/protobuf/compile-protobuf.js', import.meta.url)
  const built: BuiltProtobuf = await import(file.href)
  const compile = (schema: string) => built.compileProtobuf({ schemaType: 'PROTOBUF', schema, references: [] })
  for (const { schema, bytes } of others) {
    const codec = compile(schema)
    for (let left = 300; left > 0; left--) codec.decode(bytes, 0, {})
  }
  const codec = compile(SCHEMA)
  const options = { path }
  return index => codec.decode(payload(index), 0, options).value
}

const protobufjsFor = async (): Promise<Decode> => {
  for (const { schema, bytes } of others) {
    const type = protobuf.parse(schema).root.lookupType('Other')
    for (let left = 300; left > 0; left--) type.toObject(type.decode(bytes), AS_JSON)
  }
  return index => order.toObject(order.decode(payload(index)), AS_JSON)
}

const decoders: Readonly<Record<ProtobufDecoder, () => Promise<Decode>>> = {
  ours: () => oursFor([]),
  'one field by ours': () => oursFor(PATH),
  protobufjs: protobufjsFor,
  'JSON.parse': async () => index => JSON.parse(String(texts[index])),
}

let decode: Decode = () => undefined

/** The calls of a process that decodes orders. */
export const protobufDecoderCalls = {
  /** Prepares one decoder, and returns what it makes of the first order. */
  prepare: async ({ decoder }: { readonly decoder: ProtobufDecoder }): Promise<unknown> => {
    decode = await decoders[decoder]()
    return JSON.parse(JSON.stringify(decode(0)))
  },
  /** Orders decoded in a second. */
  measure: async ({ ms }: { readonly ms: number }) => {
    const began = performance.now()
    let count = 0
    for (; performance.now() - began < ms; count += ORDERS) for (let index = 0; index < ORDERS; index++) decode(index)
    return (1000 * count) / (performance.now() - began)
  },
}
