import avsc from 'avsc'
import fc from 'fast-check'

/** A value: as avsc takes it, and as our JSON with the names of all branches. */
interface RandomValue {
  readonly theirs: unknown
  readonly ours: unknown
}

interface RandomType {
  readonly schema: unknown
  readonly branch: string
  readonly value: fc.Arbitrary<RandomValue>
}

/** A type whose name is decided by where it is used. */
type Maker = (name: string) => RandomType

/** A schema with a value. */
export interface RandomCase extends RandomValue {
  readonly schema: unknown
}

/** avsc rounds numbers beyond 2^53 - 1 unless it gets this type, which its documentation shows. */
const bigLong = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(value)
    return bytes
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
})

/** avsc's type of a schema, exact for 64 bits and with the names of all branches of unions. */
export const avscType = (schema: unknown): avsc.Type =>
  // biome-ignore lint/suspicious/noExplicitAny: avsc's types of schemas are narrower than what it takes.
  avsc.Type.forSchema(schema as any, { registry: { long: bigLong }, wrapUnions: true })

const leaf =
  (schema: unknown, branch: string, value: fc.Arbitrary<RandomValue>): Maker =>
  () => ({ schema, branch, value })

const same = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<RandomValue> =>
  values.map(value => ({ theirs: value, ours: value }))

const longJson = (value: bigint): unknown => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))

const floatingJson = (value: number): unknown => (Number.isFinite(value) ? value : String(value))

const text = fc.string({ unit: 'binary', maxLength: 90 })
const bytes = fc.uint8Array({ maxLength: 20 }).map(array => Buffer.from(array))
const long = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.integer().map(BigInt))

const leaves: readonly Maker[] = [
  leaf('null', 'null', same(fc.constant(null))),
  leaf('boolean', 'boolean', same(fc.boolean())),
  leaf('int', 'int', same(fc.integer())),
  leaf(
    'long',
    'long',
    long.map(value => ({ theirs: value, ours: longJson(value) })),
  ),
  leaf(
    'float',
    'float',
    fc.float().map(value => ({ theirs: value, ours: floatingJson(value) })),
  ),
  leaf(
    'double',
    'double',
    fc.double().map(value => ({ theirs: value, ours: floatingJson(value) })),
  ),
  leaf('string', 'string', same(text)),
  leaf(
    'bytes',
    'bytes',
    bytes.map(value => ({ theirs: value, ours: value.toString('base64') })),
  ),
]

const enumMaker: Maker = name => ({
  schema: { type: 'enum', name, symbols: ['A', 'B', 'C'] },
  branch: name,
  value: same(fc.constantFrom('A', 'B', 'C')),
})

const fixedMaker =
  (size: number): Maker =>
  name => ({
    schema: { type: 'fixed', name, size },
    branch: name,
    value: fc
      .uint8Array({ minLength: size, maxLength: size })
      .map(array => ({ theirs: Buffer.from(array), ours: Buffer.from(array).toString('base64') })),
  })

const arrayMaker =
  (items: Maker): Maker =>
  name => {
    const { schema, value } = items(`${name}_i`)
    const list = fc.array(value, { maxLength: 4 })
    return {
      schema: { type: 'array', items: schema },
      branch: 'array',
      value: list.map(all => ({ theirs: all.map(one => one.theirs), ours: all.map(one => one.ours) })),
    }
  }

const objectOf = (entries: readonly (readonly [string, unknown])[]): object => Object.fromEntries(entries)

const keys = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('constructor', 'toString', 'string', 'map', 'n'))

const mapMaker =
  (values: Maker): Maker =>
  name => {
    const { schema, value } = values(`${name}_v`)
    // Keys that are array indexes come first in a JavaScript object, whatever their order in the bytes.
    const entry = fc.tuple(
      keys.filter(key => !/^\d/.test(key) && key !== '__proto__'),
      value,
    )
    const entries = fc.uniqueArray(entry, { maxLength: 4, selector: ([key]) => key })
    return {
      schema: { type: 'map', values: schema },
      branch: 'map',
      value: entries.map(all => ({
        theirs: objectOf(all.map(([key, one]) => [key, one.theirs])),
        ours: objectOf(all.map(([key, one]) => [key, one.ours])),
      })),
    }
  }

const recordMaker =
  (makers: readonly Maker[]): Maker =>
  name => {
    const fields = makers.map((make, index) => ({ name: `f${index}`, type: make(`${name}_${index}`) }))
    return {
      schema: { type: 'record', name, fields: fields.map(field => ({ name: field.name, type: field.type.schema })) },
      branch: name,
      value: fc.tuple(...fields.map(field => field.type.value)).map(values => ({
        theirs: objectOf(values.map((one, index) => [`f${index}`, one.theirs])),
        ours: objectOf(values.map((one, index) => [`f${index}`, one.ours])),
      })),
    }
  }

const unionMaker =
  (makers: readonly Maker[]): Maker =>
  name => {
    const all = makers.map((make, index) => make(`${name}_u${index}`))
    const types = all.filter(({ branch }, index) => all.findIndex(other => other.branch === branch) === index)
    const wrap = (branch: string, value: unknown): unknown => (branch === 'null' ? null : { [branch]: value })
    return {
      schema: types.map(({ schema }) => schema),
      branch: 'union',
      value: fc.oneof(
        ...types.map(({ branch, value }) =>
          value.map(one => ({ theirs: wrap(branch, one.theirs), ours: wrap(branch, one.ours) })),
        ),
      ),
    }
  }

/** Types of up to four levels. Unions only if asked for; never in a union. */
const makerOf = (depth: number, withUnions: boolean, inUnion: boolean): fc.Arbitrary<Maker> => {
  const simple = fc.constantFrom(...leaves, enumMaker, fixedMaker(0), fixedMaker(5))
  if (depth === 0) return simple
  const inner = fc.memo(() => makerOf(depth - 1, withUnions, false))()
  const choices = [
    simple,
    inner.map(arrayMaker),
    inner.map(mapMaker),
    fc.array(inner, { minLength: 0, maxLength: 5 }).map(recordMaker),
  ]
  if (withUnions && !inUnion)
    choices.push(fc.array(makerOf(depth - 1, true, true), { minLength: 1, maxLength: 5 }).map(unionMaker))
  return fc.oneof(...choices)
}

const caseOf = (withUnions: boolean): fc.Arbitrary<RandomCase> =>
  makerOf(3, withUnions, false).chain(make => {
    const { schema, value } = make('T')
    return value.map(one => ({ schema, ...one }))
  })

/** Random schemas without unions, each with a value. */
export const plainCases = caseOf(false)

/** Random schemas with unions, each with a value. */
export const unionCases = caseOf(true)
