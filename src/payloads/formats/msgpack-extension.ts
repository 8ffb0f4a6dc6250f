import { DecodeProblem } from '../schema-codec.ts'
import { bytesText } from './format.ts'
import { timeText } from './time-text.ts'

const TIMESTAMP = -1
/** A timestamp of 64 bits: 30 bits of nanoseconds, then 34 bits of seconds. */
const SECOND_BITS = 34n
const SECOND_MASK = (1n << SECOND_BITS) - 1n

const secondsAndNanos = (data: Buffer): readonly [bigint, number] => {
  switch (data.length) {
    case 4:
      return [BigInt(data.readUInt32BE()), 0]
    case 8: {
      const both = data.readBigUInt64BE()
      return [both & SECOND_MASK, Number(both >> SECOND_BITS)]
    }
    case 12:
      return [data.readBigInt64BE(4), data.readUInt32BE()]
    default:
      throw new DecodeProblem(`a timestamp of ${bytesText(data.length)}`)
  }
}

const MOST_NANOS = 999_999_999

/** An extension of MessagePack as JSON: a timestamp as ISO 8601, any other as its number and its data in base64. */
export const extensionValue = (type: number, data: Buffer): unknown => {
  if (type !== TIMESTAMP) return { extension: type, base64: data.toString('base64') }
  const [seconds, nanos] = secondsAndNanos(data)
  if (nanos > MOST_NANOS) throw new DecodeProblem(`a timestamp of ${nanos} nanoseconds`)
  return timeText(seconds, nanos) ?? { extension: type, base64: data.toString('base64') }
}
