import { isJsonObject, type JsonObject } from '../../decode/json-object.ts'

/** The objects in a list; none if there is no such list. */
export const objectsIn = (value: JsonObject, key: string): readonly JsonObject[] => {
  const list: unknown = Object.hasOwn(value, key) ? value[key] : undefined
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

/** The texts in a list. */
export const textsIn = (value: JsonObject, key: string): readonly string[] => {
  const list: unknown = Object.hasOwn(value, key) ? value[key] : undefined
  return Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string') : []
}

/** An object; an empty one if there is none. */
export const objectIn = (value: JsonObject, key: string): JsonObject => {
  const inner: unknown = Object.hasOwn(value, key) ? value[key] : undefined
  return isJsonObject(inner) ? inner : {}
}

/** A text; empty if there is none. */
export const textIn = (value: JsonObject, key: string): string => {
  const text: unknown = Object.hasOwn(value, key) ? value[key] : undefined
  return typeof text === 'string' ? text : ''
}

/** A number; undefined if there is none. */
export const numberIn = (value: JsonObject, key: string): number | undefined => {
  const number: unknown = Object.hasOwn(value, key) ? value[key] : undefined
  return typeof number === 'number' ? number : undefined
}
