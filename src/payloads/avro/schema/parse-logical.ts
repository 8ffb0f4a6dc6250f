import type { LogicalType } from './avro-type.ts'
import type { JsonObject } from './json-object.ts'

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

/** More digits than any producer uses. A decimal with more is read as its bytes. */
const MAX_PRECISION = 1000
/** More than the digits of the largest precision need. A larger fixed type is read and written as its bytes. */
export const MAX_DECIMAL_BYTES = 512

/** Null if the attributes contradict each other: the specification then ignores the logical type. */
const decimalOf = ({ precision, scale = 0 }: JsonObject, size: number | null): LogicalType | null => {
  if (!isWhole(precision) || !isWhole(scale) || scale < 0 || scale > precision) return null
  if (precision < 1 || precision > MAX_PRECISION) return null
  if (size !== null && size > MAX_DECIMAL_BYTES) return null
  if (size !== null && precision > Math.floor(Math.log10(2) * (8 * size - 1))) return null
  return { kind: 'decimal', precision, scale }
}

const LONGS: Readonly<Record<string, LogicalType>> = {
  'time-micros': { kind: 'time', digits: 6 },
  'timestamp-millis': { kind: 'timestamp', digits: 3, isLocal: false },
  'timestamp-micros': { kind: 'timestamp', digits: 6, isLocal: false },
  'timestamp-nanos': { kind: 'timestamp', digits: 9, isLocal: false },
  'local-timestamp-millis': { kind: 'timestamp', digits: 3, isLocal: true },
  'local-timestamp-micros': { kind: 'timestamp', digits: 6, isLocal: true },
  'local-timestamp-nanos': { kind: 'timestamp', digits: 9, isLocal: true },
}

const ofPrimitive = (type: string, schema: JsonObject, name: string): LogicalType | null => {
  if (type === 'bytes' && name === 'decimal') return decimalOf(schema, null)
  if (type === 'string' && name === 'uuid') return { kind: 'uuid' }
  if (type === 'int' && name === 'date') return { kind: 'date' }
  if (type === 'int' && name === 'time-millis') return { kind: 'time', digits: 3 }
  return type === 'long' && Object.hasOwn(LONGS, name) ? (LONGS[name] ?? null) : null
}

/** The logical type of a primitive type. Null if it has none, an unknown one, or one that does not fit. */
export const logicalOfPrimitive = (type: string, schema: JsonObject): LogicalType | null =>
  typeof schema.logicalType === 'string' ? ofPrimitive(type, schema, schema.logicalType) : null

/** The logical type of a fixed type, by the same rules. */
export const logicalOfFixed = (size: number, schema: JsonObject): LogicalType | null => {
  if (schema.logicalType === 'decimal') return decimalOf(schema, size)
  if (schema.logicalType === 'uuid' && size === 16) return { kind: 'uuid' }
  return schema.logicalType === 'duration' && size === 12 ? { kind: 'duration' } : null
}
