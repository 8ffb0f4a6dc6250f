import { isUtf8 } from 'node:buffer'
import { type JsonPath, valueAt } from '../../kafka/payload/json-path.ts'
import type { ReadPayload } from '../../kafka/ports/payload-reader.ts'
import type { BuiltValue } from '../formats/build-value.ts'
import { buildCbor } from '../formats/cbor.ts'
import { parseExactJson } from '../formats/exact-json.ts'
import { decodedJson, jsonProblem, mayBeJson } from '../formats/json.ts'
import { buildMsgpack } from '../formats/msgpack.ts'
import { DecodeProblem } from '../schema-codec.ts'
import { attempt, Failure, RawRead, readAs, workOf } from './reading.ts'

/** The first bytes of maps and lists: short ones, and those with a length of their own. The last of CBOR says that CBOR follows. */
const mayBeMsgpack = (first: number): boolean => (first >= 0x80 && first < 0xa0) || (first >= 0xdc && first < 0xe0)
const mayBeCbor = (first: number): boolean => (first >= 0x80 && first < 0xc0) || first === 0xd9

const isFilledMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0

/**
 * True if the bytes can hardly be anything else: a map, or a list of maps, with at least one entry each, whose keys are all
 * readable text. A list of numbers is not enough: four random bytes are one in one case of a thousand.
 */
const isCertain = ({ value, isOfPlainMaps }: BuiltValue): boolean =>
  isOfPlainMaps && (Array.isArray(value) ? value.length > 0 && value.every(isFilledMap) : isFilledMap(value))

const BINARY = [
  { format: 'MSGPACK', mayBe: mayBeMsgpack, build: buildMsgpack },
  { format: 'CBOR', mayBe: mayBeCbor, build: buildCbor },
] as const

const certain = ({ format, build }: (typeof BINARY)[number], bytes: Buffer, path: JsonPath | undefined) =>
  attempt(format, () => {
    const built = build(bytes)
    if (!isCertain(built)) throw new DecodeProblem('no map with text as keys', built.work)
    const value = path === undefined ? built.value : valueAt(built.value, path)
    return readAs(format, { ...built, value })
  })

/** Bytes that are no text. */
const recogniseBinary = (bytes: Buffer, path: JsonPath | undefined, failures: readonly Failure[]): ReadPayload => {
  const all = [...failures, new Failure('JSON', 'not valid UTF-8')]
  for (const one of BINARY) {
    if (!one.mayBe(bytes[0] ?? 0)) continue
    const outcome = certain(one, bytes, path)
    if (!(outcome instanceof Failure)) return { ...outcome, work: outcome.work + workOf(all) }
    all.push(outcome)
  }
  return new RawRead('BYTES', bytes, path === undefined, [...all, new Failure('STRING', 'not valid UTF-8')])
}

/** `{` and `[`: text that begins like this is meant as JSON. */
const isMeantAsJson = (bytes: Buffer): boolean => bytes[0] === 0x7b || bytes[0] === 0x5b

/**
 * Reads bytes by what they look like: JSON, MessagePack, CBOR, text, bytes. `failures`: what was tried before. `textOf` gives
 * the text of bytes that are UTF-8.
 */
export const recogniseBytes = (
  bytes: Buffer,
  path: JsonPath | undefined,
  failures: readonly Failure[],
  textOf: (bytes: Buffer) => string | null,
): ReadPayload => {
  if (!mayBeJson(bytes)) {
    if (!isUtf8(bytes)) return recogniseBinary(bytes, path, failures)
    return new RawRead('STRING', bytes, path === undefined, failures)
  }
  const text = textOf(bytes)
  if (text === null) return recogniseBinary(bytes, path, failures)
  const parsed = parseExactJson(text)
  if (parsed !== undefined) {
    const { value, jsonBytes } = decodedJson(parsed, bytes, path)
    return { format: 'JSON', value, jsonBytes, schema: null, problem: null, work: jsonBytes + workOf(failures) }
  }
  const why = isMeantAsJson(bytes) ? [...failures, new Failure('JSON', jsonProblem(bytes))] : failures
  return new RawRead('STRING', bytes, path === undefined, why)
}
