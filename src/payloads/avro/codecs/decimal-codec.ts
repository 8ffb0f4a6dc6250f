import { cursor } from '../binary/cursor.ts'
import { writer } from '../binary/writer.ts'
import { MAX_DECIMAL_BYTES } from '../schema/parse-logical.ts'
import { latin1Bytes } from '../texts/base64-text.ts'
import { decimalText, unscaledOf } from '../texts/decimal-text.ts'
import { leafCodec, SIZED, type TypeCodec } from './type-codec.ts'

/** JavaScript's numbers are exact for so many bytes. */
const SMALL = 6

/** The scale and precision of a decimal; `size`: of a fixed type, null for bytes. */
interface DecimalType {
  readonly branch: string
  readonly size: number | null
  readonly precision: number
  readonly scale: number
}

/** The number in two's complement, with the most significant byte first. */
const unscaledFrom = (bytes: Buffer): number | bigint => {
  const { length } = bytes
  if (length === 0) return 0
  if (length <= SMALL) return bytes.readIntBE(0, length)
  return BigInt.asIntN(8 * length, BigInt(`0x${bytes.toString('hex')}`))
}

/** The fewest bytes that hold the number in two's complement. */
const fewestBytes = (value: bigint): number => {
  const bits = (value < 0n ? -value - 1n : value).toString(16).length * 4
  for (let bytes = Math.max(1, Math.floor(bits / 8)); ; bytes++)
    if (BigInt.asIntN(8 * bytes, value) === value) return bytes
}

const bytesFrom = (value: bigint, size: number): Buffer =>
  Buffer.from(
    BigInt.asUintN(8 * size, value)
      .toString(16)
      .padStart(2 * size, '0'),
    'hex',
  )

const read = ({ size, scale }: DecimalType): string => {
  const length = size ?? cursor.size()
  if (length > MAX_DECIMAL_BYTES) cursor.fail(`a decimal of more than ${MAX_DECIMAL_BYTES} bytes`)
  const text = decimalText(unscaledFrom(cursor.slice(length)), scale)
  cursor.count(0, text.length)
  return text
}

const write = (value: unknown, { size, precision, scale }: DecimalType): void => {
  const unscaled = unscaledOf(value, precision, scale)
  const bytes =
    typeof unscaled === 'string'
      ? defaultBytes(value, size, unscaled)
      : bytesFrom(unscaled, size ?? fewestBytes(unscaled))
  if (size === null) writer.bytes(bytes)
  else writer.raw(bytes)
}

/** A default in the schema may be the bytes. */
const defaultBytes = (value: unknown, size: number | null, problem: string): Buffer => {
  const bytes = writer.isDefault ? latin1Bytes(value) : undefined
  return bytes === undefined || (size !== null && bytes.length !== size) ? writer.fail(problem) : bytes
}

/** A decimal number: always text with all digits of its scale. */
export const decimalCodec = (type: DecimalType): TypeCodec =>
  leafCodec({
    branch: type.branch,
    form: 'text',
    jsonBytes: 3,
    width: type.size ?? SIZED,
    read: () => read(type),
    skip: () => void cursor.take(type.size ?? cursor.size()),
    accepts: value => typeof unscaledOf(value, type.precision, type.scale) === 'bigint',
    write: value => write(value, type),
  })
