import type { PayloadFormat } from '../../kafka/payload/payload-format.ts'
import { DecodeProblem } from '../schema-codec.ts'
import { bytesText, decodedScalar, exactFloat, exactInteger, type Format } from './format.ts'

/** The formats of one number, big-endian as Kafka's own serializers write them (ShortSerializer, LongSerializer, DoubleSerializer, …). */
export type NumberFormat = Extract<PayloadFormat, `INT${string}` | `FLOAT${string}`>

const numberOf =
  (size: number, read: (bytes: Buffer) => number | string): Format =>
  (bytes, path) => {
    if (bytes.length !== size) throw new DecodeProblem(`it takes ${bytesText(size)}, not ${bytes.length}`)
    return decodedScalar(read(bytes), path)
  }

/** A 64-bit number beyond ±(2^53 - 1) is the text of its digits; NaN and the infinities are text. */
export const NUMBER_READERS: Readonly<Record<NumberFormat, Format>> = {
  INT8: numberOf(1, bytes => bytes.readInt8()),
  INT16: numberOf(2, bytes => bytes.readInt16BE()),
  INT32: numberOf(4, bytes => bytes.readInt32BE()),
  INT64: numberOf(8, bytes => exactInteger(bytes.readBigInt64BE())),
  FLOAT32: numberOf(4, bytes => exactFloat(bytes.readFloatBE())),
  FLOAT64: numberOf(8, bytes => exactFloat(bytes.readDoubleBE())),
}
