import type { Payload } from '../../../kafka/payload/payload.ts'
import { shown } from '../../../kafka/text.ts'
import { MAX_SUBJECT } from '../client/registry-path.ts'
import type { Framing, UnreadableFraming } from './framing.ts'
import { GUID_BYTES, guidAt, guidOf } from './guid.ts'

type FromHeader = (payload: Payload, part: 'key' | 'value') => Framing | UnreadableFraming | null

/** The value of the last header with this name, like Kafka's own clients take it. */
const headerOf = ({ headers }: Payload, name: string): Buffer | null => {
  for (let index = headers.length - 1; index >= 0; index--) {
    const header = headers[index]
    if (header?.key === name) return header.value
  }
  return null
}

const textOf = (payload: Payload, name: string): string | null => headerOf(payload, name)?.toString('utf8') ?? null

const ID_END = 5
const GUID_END = 1 + GUID_BYTES

const confluent: FromHeader = (payload, part) => {
  const name = `__${part}_schema_id`
  const bytes = headerOf(payload, name)
  if (bytes === null) return null
  const kind = 'CONFLUENT_HEADER'
  if (bytes[0] === 0 && bytes.length >= ID_END) {
    const pointer = { kind: 'id', id: bytes.readUInt32BE(1) } as const
    return { kind, pointer, start: 0, messagePlace: bytes.subarray(ID_END) }
  }
  if (bytes[0] === 1 && bytes.length >= GUID_END) {
    const pointer = { kind: 'guid', guid: guidAt(bytes, 1) } as const
    return { kind, pointer, start: 0, messagePlace: bytes.subarray(GUID_END) }
  }
  return { problem: `the header ${name} holds neither a schema id (5 bytes) nor a GUID (17 bytes)` }
}

const APICURIO_ID_BYTES = 8

/** The number in a header of eight bytes; null if there is no such header or no safe number in it. */
const numberOf = (payload: Payload, name: string): number | null => {
  const bytes = headerOf(payload, name)
  if (bytes?.length !== APICURIO_ID_BYTES) return null
  const number = Number(bytes.readBigInt64BE())
  return Number.isSafeInteger(number) && number > 0 ? number : null
}

/** More of a group's name is not shown in an error, in bytes. */
const LONGEST_GROUP = 512
/** Confluent's API shows the artifacts of this group only. */
const DEFAULT_GROUP = 'default'

const foreignGroup = (payload: Payload, part: string): UnreadableFraming | null => {
  const group = headerOf(payload, `apicurio.${part}.groupId`)?.toString('utf8', 0, LONGEST_GROUP) ?? ''
  if (group === '' || group === DEFAULT_GROUP) return null
  return {
    problem: `the header apicurio.${part}.groupId names the group ${shown(group)}: only ${DEFAULT_GROUP} is read`,
  }
}

const artifactOf = (payload: Payload, part: string): Framing['pointer'] | UnreadableFraming | null => {
  const artifact = headerOf(payload, `apicurio.${part}.artifactId`)
  // Measured in bytes, before it becomes a text: anybody who may write to a topic chooses its length.
  if (artifact === null || artifact.length === 0 || artifact.length > MAX_SUBJECT) return null
  const problem = foreignGroup(payload, part)
  if (problem !== null) return problem
  const version = textOf(payload, `apicurio.${part}.version`)
  // Other versions than numbers have no counterpart in Confluent's API.
  const number = version !== null && /^[1-9]\d{0,8}$/.test(version) ? Number(version) : null
  return version !== null && number === null
    ? null
    : { kind: 'artifact', subject: artifact.toString('utf8'), version: number }
}

const apicurio: FromHeader = (payload, part) => {
  const kind = 'APICURIO_HEADER'
  const globalId = numberOf(payload, `apicurio.${part}.globalId`)
  if (globalId !== null) return { kind, pointer: { kind: 'globalId', globalId }, start: 0, messagePlace: null }
  const id = numberOf(payload, `apicurio.${part}.contentId`)
  if (id !== null) return { kind, pointer: { kind: 'id', id }, start: 0, messagePlace: null }
  const pointer = artifactOf(payload, part)
  if (pointer !== null && 'problem' in pointer) return pointer
  if (pointer !== null) return { kind, pointer, start: 0, messagePlace: null }
  const name = [`apicurio.${part}.globalId`, `apicurio.${part}.contentId`, `apicurio.${part}.artifactId`].find(
    one => headerOf(payload, one) !== null,
  )
  return name === undefined ? null : { problem: `the header ${name} cannot be read` }
}

const AZURE = /^avro\/binary\+([0-9a-f]{32})$/i

const azure: FromHeader = payload => {
  const [, digits] = AZURE.exec(textOf(payload, 'content-type') ?? '') ?? []
  if (digits === undefined) return null
  return { kind: 'AZURE', pointer: { kind: 'guid', guid: guidOf(digits) }, start: 0, messagePlace: null }
}

/** The framing in the headers of a message; null if they name no schema. A header itself is never framed by headers. */
export const confluentHeader = (payload: Payload): Framing | UnreadableFraming | null => fromHeader(payload, confluent)

/** As `confluentHeader`, for Apicurio's headers. */
export const apicurioHeader = (payload: Payload): Framing | UnreadableFraming | null => fromHeader(payload, apicurio)

/** As `confluentHeader`, for Azure's content type, which is about the value. */
export const azureHeader = (payload: Payload): Framing | UnreadableFraming | null =>
  payload.part === 'VALUE' ? fromHeader(payload, azure) : null

const fromHeader = (payload: Payload, read: FromHeader): Framing | UnreadableFraming | null => {
  if (payload.part === 'HEADER' || payload.headers.length === 0) return null
  return read(payload, payload.part === 'KEY' ? 'key' : 'value')
}
