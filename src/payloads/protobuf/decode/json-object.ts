import type { FieldType } from '../types/types.ts'

/** A JSON object while it is built. */
export type JsonObject = Record<string, unknown>

/** Sets an own property, whatever its name: an assignment to `__proto__` would set the prototype. */
export const setOwn = (target: JsonObject, name: string, value: unknown): void => {
  if (name !== '__proto__') target[name] = value
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
}

/** The value that a field has so far; undefined if it has none. */
export const ownValue = (target: JsonObject, field: FieldType): unknown =>
  field.isInherited && !Object.hasOwn(target, field.jsonName) ? undefined : target[field.jsonName]

/** True for an object that this reader made. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
