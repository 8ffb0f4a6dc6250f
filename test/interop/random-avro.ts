import fc from 'fast-check'

/** A value in the form of this API and in that of Confluent's client. */
export interface Pair {
  readonly ours: unknown
  readonly theirs: unknown
}

/** A random Avro type, and its random values. */
interface RandomType {
  readonly schema: unknown
  readonly values: fc.Arbitrary<Pair>
}

type Make = (name: string, depth: number) => fc.Arbitrary<RandomType>

const same = (schema: unknown, values: fc.Arbitrary<unknown>): fc.Arbitrary<RandomType> =>
  fc.constant({ schema, values: values.map(value => ({ ours: value, theirs: value })) })

const paired = (schema: unknown, values: fc.Arbitrary<Pair>): fc.Arbitrary<RandomType> =>
  fc.constant({ schema, values })

const MAX = 9_007_199_254_740_991n

const longs = fc
  .oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -300n, max: 300n }))
  .map(value => {
    const isSafe = value >= -MAX && value <= MAX
    return isSafe
      ? { ours: Number(value), theirs: Number(value) }
      : { ours: String(value), theirs: { $int: String(value) } }
  })

const floats = (numbers: fc.Arbitrary<number>): fc.Arbitrary<Pair> =>
  numbers.map(value => {
    // JSON has no -0.
    const number = value === 0 ? 0 : value
    if (Number.isFinite(number)) return { ours: number, theirs: number }
    return { ours: String(number), theirs: { $float: String(number) } }
  })

const bytes = (size: { readonly minLength?: number; readonly maxLength: number }): fc.Arbitrary<Pair> =>
  fc.uint8Array(size).map(value => {
    const base64 = Buffer.from(value).toString('base64')
    return { ours: base64, theirs: { $bytes: base64 } }
  })

const decimals = (scale: number): fc.Arbitrary<Pair> =>
  fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }).map(unscaled => {
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
    const whole = digits.slice(0, digits.length - scale)
    const text = `${unscaled < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`
    return { ours: text, theirs: { $decimal: text } }
  })

const strings = fc.string({ unit: 'grapheme', maxLength: 20 })

const leaf: Make = name =>
  fc.oneof(
    same('null', fc.constant(null)),
    same('boolean', fc.boolean()),
    same('int', fc.integer()),
    paired('long', longs),
    paired('double', floats(fc.double())),
    paired('float', floats(fc.float())),
    same('string', strings),
    paired('bytes', bytes({ maxLength: 12 })),
    fc
      .integer({ min: 1, max: 20 })
      .chain(size => paired({ type: 'fixed', name, size }, bytes({ minLength: size, maxLength: size }))),
    same({ type: 'enum', name, symbols: ['A', 'B', 'C'] }, fc.constantFrom('A', 'B', 'C')),
    fc
      .integer({ min: 0, max: 6 })
      .chain(scale => paired({ type: 'bytes', logicalType: 'decimal', precision: 18, scale }, decimals(scale))),
  )

const pairs = (all: readonly Pair[]): Pair => ({
  ours: all.map(({ ours }) => ours),
  theirs: all.map(({ theirs }) => theirs),
})

const entries = (all: readonly (readonly [string, Pair])[]): Pair => ({
  ours: Object.fromEntries(all.map(([key, { ours }]) => [key, ours])),
  theirs: Object.fromEntries(all.map(([key, { theirs }]) => [key, theirs])),
})

const array: Make = (name, depth) =>
  typed(`${name}a`, depth - 1).map(({ schema, values }) => ({
    schema: { type: 'array', items: schema },
    values: fc.array(values, { maxLength: 4 }).map(pairs),
  }))

const map: Make = (name, depth) =>
  typed(`${name}m`, depth - 1).map(({ schema, values }) => ({
    schema: { type: 'map', values: schema },
    values: fc
      .uniqueArray(
        fc.tuple(
          strings.map(key => `k${key}`),
          values,
        ),
        { maxLength: 4, selector: ([key]) => key },
      )
      .map(entries),
  }))

const record: Make = (name, depth) =>
  fc
    .integer({ min: 1, max: 5 })
    .chain(count => fc.tuple(...Array.from({ length: count }, (_, index) => typed(`${name}r${index}`, depth - 1))))
    .map(types => ({
      schema: { type: 'record', name, fields: types.map(({ schema }, index) => ({ name: `f${index}`, type: schema })) },
      values: fc
        .tuple(...types.map(({ values }) => values))
        .map(values => entries(values.map((value, index) => [`f${index}`, value] as const))),
    }))

const optional: Make = (name, depth) =>
  typed(`${name}o`, depth - 1)
    // A union holds no second null, and no union.
    .filter(({ schema }) => schema !== 'null' && !Array.isArray(schema))
    .map(({ schema, values }) => ({
      schema: ['null', schema],
      values: fc.oneof(fc.constant({ ours: null, theirs: null }), values),
    }))

const typed: Make = (name, depth) =>
  depth <= 0
    ? leaf(name, 0)
    : fc.oneof(leaf(name, 0), array(name, depth), map(name, depth), record(name, depth), optional(name, depth))

/** Confluent's client refuses a message of which the framing is all: a record with nothing but nulls has no bytes. */
const withId = ({ schema, values }: RandomType): RandomType => ({
  schema: {
    type: 'record',
    name: 'Root',
    fields: [
      { name: 'id', type: 'int' },
      { name: 'value', type: schema },
    ],
  },
  values: values.map(({ ours, theirs }) => ({ ours: { id: 1, value: ours }, theirs: { id: 1, value: theirs } })),
})

/** A random record with a few of its values. */
export const randomAvro: fc.Arbitrary<{ readonly schema: string; readonly values: readonly Pair[] }> = record('R', 4)
  .map(withId)
  .chain(({ schema, values }) =>
    fc.array(values, { minLength: 1, maxLength: 4 }).map(some => ({ schema: JSON.stringify(schema), values: some })),
  )
