import type { AvroType, FixedType, LogicalType, Primitive } from '../schema/avro-type.ts'
import { arrayCodec } from './array-codec.ts'
import { bytesCodec, durationCodec, fixedCodec, uuidFixedCodec } from './bytes-codecs.ts'
import { decimalCodec } from './decimal-codec.ts'
import { mapCodec } from './map-codec.ts'
import { booleanCodec, doubleCodec, floatCodec, intCodec, longCodec, nullCodec } from './number-codecs.ts'
import { recordCodec } from './record-codec.ts'
import { enumCodec, stringCodec, uuidStringCodec } from './text-codecs.ts'
import { dateCodec, timeOfDayCodec, timestampCodec } from './time-codecs.ts'
import type { TypeCodec } from './type-codec.ts'
import { unionCodec } from './union-codec.ts'
import { planUnion } from './union-plan.ts'

const PRIMITIVE_CODECS: Readonly<Record<Primitive, TypeCodec>> = {
  null: nullCodec,
  boolean: booleanCodec,
  int: intCodec,
  long: longCodec,
  float: floatCodec,
  double: doubleCodec,
  bytes: bytesCodec,
  string: stringCodec,
}

const primitiveCodec = (type: Primitive, logical: LogicalType | null): TypeCodec => {
  switch (logical?.kind) {
    case 'decimal':
      return decimalCodec({ branch: type, size: null, precision: logical.precision, scale: logical.scale })
    case 'uuid':
      return uuidStringCodec
    case 'date':
      return dateCodec
    case 'time':
      return timeOfDayCodec(logical.digits)
    case 'timestamp':
      return timestampCodec(logical.digits, logical.isLocal)
    default:
      return PRIMITIVE_CODECS[type]
  }
}

const codecOfFixed = ({ name, size, logical }: FixedType): TypeCodec => {
  switch (logical?.kind) {
    case 'decimal':
      return decimalCodec({ branch: name, size, precision: logical.precision, scale: logical.scale })
    case 'uuid':
      return uuidFixedCodec(name)
    case 'duration':
      return durationCodec(name)
    default:
      return fixedCodec(name, size)
  }
}

/** Makes the codecs of a schema's types, one for each type. */
export const buildCodec = (root: AvroType): TypeCodec => {
  const codecs = new Map<AvroType, TypeCodec>()
  const make = (type: AvroType): TypeCodec => {
    switch (type.kind) {
      case 'primitive':
        return primitiveCodec(type.type, type.logical)
      case 'record':
        return recordCodec(type.name, () =>
          type.fields.map(({ name, type, fallback }) => ({ name, codec: codecOf(type), fallback })),
        )
      case 'enum':
        return enumCodec(type.name, type.symbols)
      case 'fixed':
        return codecOfFixed(type)
      case 'array':
        return arrayCodec(codecOf(type.items))
      case 'map':
        return mapCodec(codecOf(type.values))
      case 'union':
        return unionCodec(planUnion(type.branches.map(branch => ({ type: branch, codec: codecOf(branch) }))))
    }
  }
  const codecOf = (type: AvroType): TypeCodec => {
    const known = codecs.get(type)
    if (known !== undefined) return known
    const codec = make(type)
    codecs.set(type, codec)
    return codec
  }
  return codecOf(root)
}
