import type { Options } from './declarations.ts'

/** What editions let a file, a message or a field choose. proto2 and proto3 are two such choices. */
export interface Features {
  readonly field_presence: string
  readonly enum_type: string
  readonly repeated_field_encoding: string
  readonly utf8_validation: string
  readonly message_encoding: string
}

const EDITIONS: Features = {
  field_presence: 'EXPLICIT',
  enum_type: 'OPEN',
  repeated_field_encoding: 'PACKED',
  utf8_validation: 'VERIFY',
  message_encoding: 'LENGTH_PREFIXED',
}
const PROTO3: Features = { ...EDITIONS, field_presence: 'IMPLICIT' }
const PROTO2: Features = {
  ...EDITIONS,
  enum_type: 'CLOSED',
  repeated_field_encoding: 'EXPANDED',
  utf8_validation: 'NONE',
}

/** The features of a file that sets none. */
export const featuresOfEdition = (edition: string): Features => {
  if (edition === 'proto2') return PROTO2
  return edition === 'proto3' ? PROTO3 : EDITIONS
}

/** The features of a declaration: those around it, and its own. */
export const featuresWithin = (outer: Features, options: Options): Features => {
  if (options.size === 0) return outer
  const own = (name: keyof Features): string => options.get(`features.${name}`) ?? outer[name]
  return {
    field_presence: own('field_presence'),
    enum_type: own('enum_type'),
    repeated_field_encoding: own('repeated_field_encoding'),
    utf8_validation: own('utf8_validation'),
    message_encoding: own('message_encoding'),
  }
}
