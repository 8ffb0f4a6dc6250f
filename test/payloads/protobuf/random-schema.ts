import fc from 'fast-check'

/** A message of a random schema. */
export interface RandomMessage {
  readonly fields: readonly RandomField[]
}

/** A field of it. Its name is `f` and its number. */
export interface RandomField {
  readonly number: number
  readonly type: string
  readonly label: 'implicit' | 'optional' | 'repeated' | 'map' | 'oneof'
  readonly keyType: string
  readonly message: RandomMessage | null
}

const signed = (bits: bigint) => fc.bigInt({ min: -(2n ** (bits - 1n)), max: 2n ** (bits - 1n) - 1n })
const unsigned = (bits: bigint) => fc.bigInt({ min: 0n, max: 2n ** bits - 1n })
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom('', '__proto__', 'x'.repeat(200), 'é'.repeat(9)),
)

/** Values in the form in which they are read. */
const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  int32: signed(32n).map(Number),
  sint32: signed(32n).map(Number),
  sfixed32: signed(32n).map(Number),
  uint32: unsigned(32n).map(Number),
  fixed32: unsigned(32n).map(Number),
  int64: signed(64n).map(String),
  sint64: signed(64n).map(String),
  sfixed64: signed(64n).map(String),
  uint64: unsigned(64n).map(String),
  fixed64: unsigned(64n).map(String),
  bool: fc.boolean(),
  // A float keeps six digits whatever they are.
  float: fc.integer({ min: -999_999, max: 999_999 }).map(digits => digits / 1000 + 0),
  double: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => number + 0),
    fc.constantFrom('NaN', 'Infinity', '-Infinity'),
  ),
  string: text,
  bytes: fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes).toString('base64')),
  Color: fc.oneof(fc.constantFrom('NONE', 'RED', 'GREEN'), fc.integer({ min: 3, max: 2 ** 31 - 1 })),
}

const KEY_TYPES = ['string', 'bool', ...Object.keys(SCALARS).filter(type => /^(u|s)?(int|fixed)|^sfixed/.test(type))]

const field = (number: number, depth: number): fc.Arbitrary<RandomField> =>
  fc.record({
    number: fc.constant(number),
    type: fc.constantFrom(...Object.keys(SCALARS)),
    label: fc.constantFrom('implicit', 'optional', 'repeated', 'map', 'oneof'),
    keyType: fc.constantFrom(...KEY_TYPES),
    message: depth === 0 ? fc.constant(null) : fc.option(message(depth - 1), { freq: 2 }),
  })

const message = (depth: number): fc.Arbitrary<RandomMessage> =>
  fc
    .uniqueArray(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 21, max: 5000 })), { maxLength: 7 })
    .chain(numbers => fc.tuple(...numbers.map(number => field(number, depth))))
    .map(fields => ({ fields }))

/** A random message with messages in it. */
export const randomMessage: fc.Arbitrary<RandomMessage> = message(2)

const declaration = (one: RandomField): string => {
  const type = one.message === null ? one.type : `M${one.number}`
  const end = `f${one.number} = ${one.number};`
  if (one.label === 'map') return `map<${one.keyType}, ${type}> ${end}`
  if (one.label === 'oneof')
    return `oneof o${one.number} { ${type} ${end} bool other${one.number} = ${one.number + 10_000}; }`
  return `${one.label === 'implicit' ? '' : one.label} ${type} ${end}`
}

const body = ({ fields }: RandomMessage): string =>
  fields
    .map(one => `${one.message === null ? '' : `message M${one.number} { ${body(one.message)} }`} ${declaration(one)}`)
    .join('\n')

/** The schema as text. Its message is `Root`. */
export const schemaText = (root: RandomMessage): string =>
  `syntax = "proto3"; enum Color { NONE = 0; RED = 1; GREEN = 2; } message Root { ${body(root)} }`

const isDefault = (value: unknown): boolean =>
  value === 0 || value === '0' || value === '' || value === false || value === 'NONE'

const keyArbitrary = (type: string): fc.Arbitrary<string> =>
  type === 'string' ? text : (SCALARS[type] ?? fc.constant(0)).map(String)

const fieldValue = (one: RandomField): fc.Arbitrary<unknown> => {
  const item = one.message === null ? (SCALARS[one.type] ?? fc.constant(0)) : randomValue(one.message)
  if (one.label === 'repeated') return fc.array(item, { minLength: 1, maxLength: 4 })
  if (one.label === 'map')
    return fc.dictionary(keyArbitrary(one.keyType), item, { minKeys: 1, maxKeys: 4, noNullPrototype: true })
  return one.label === 'implicit' ? item.filter(value => !isDefault(value)) : item
}

/** A value of the message as it is read: without fields that have no presence and their default. */
export const randomValue = ({ fields }: RandomMessage): fc.Arbitrary<unknown> =>
  fc.record(Object.fromEntries(fields.map(one => [`f${one.number}`, fieldValue(one)])), {
    requiredKeys: [],
    noNullPrototype: true,
  })
