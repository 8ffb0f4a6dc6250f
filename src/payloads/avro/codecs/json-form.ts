import type { JsonForm } from './type-codec.ts'

/** What a JSON value is; undefined for a value that JSON does not have. */
export const formOf = (value: unknown): JsonForm | undefined => {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'boolean':
      return 'boolean'
    case 'number':
    case 'bigint':
      return 'number'
    case 'string':
      return 'text'
    case 'object':
      return Array.isArray(value) ? 'array' : 'object'
    default:
      return undefined
  }
}
