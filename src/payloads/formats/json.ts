import { isUtf8 } from 'node:buffer'
import { type JsonPath, valueAt } from '../../kafka/json-path.ts'
import { isTooDeep, MAX_JSON_DEPTH } from '../../kafka/payload/json-depth.ts'
import { type Decoded, DecodeProblem } from '../schema-codec.ts'
import { parseExactJson } from './exact-json.ts'
import { type Format, scalarBytes } from './format.ts'

/** The bytes that JSON text can begin with: white space, `"`, `{`, `[`, `-`, digits, and t, f, n. */
const BEGINNINGS = new Set([...' \t\n\r"{[-0123456789tfn'].map(sign => sign.charCodeAt(0)))

/** The first byte rules out most payloads that are not JSON. */
export const mayBeJson = (bytes: Buffer): boolean => BEGINNINGS.has(bytes[0] ?? 0)

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null

/**
 * A parsed JSON value, or the value at a path of it. The whole text is parsed in either case: `JSON.parse` is faster than anything
 * that skips, and a text is JSON only as a whole.
 */
export const decodedJson = (parsed: unknown, bytes: Buffer, path: JsonPath | undefined): Decoded => {
  if (path === undefined) return { value: parsed, jsonBytes: bytes.length }
  const value = valueAt(parsed, path)
  return { value, jsonBytes: isScalar(value) ? scalarBytes(value) : bytes.length }
}

/** Why bytes are not read as JSON. */
export const jsonProblem = (bytes: Buffer): string => {
  if (bytes.length === 0) return 'empty'
  if (!isUtf8(bytes)) return 'not valid UTF-8'
  if (mayBeJson(bytes) && isTooDeep(bytes.toString('utf8'))) return `nested deeper than ${MAX_JSON_DEPTH} levels`
  return 'not JSON text'
}

/** JSON text. Numbers beyond ±(2^53 - 1) become text of their digits. */
export const readJson: Format = (bytes, path) => {
  const parsed = mayBeJson(bytes) && isUtf8(bytes) ? parseExactJson(bytes.toString('utf8')) : undefined
  if (parsed === undefined) throw new DecodeProblem(jsonProblem(bytes))
  return decodedJson(parsed, bytes, path)
}
