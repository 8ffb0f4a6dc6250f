import type { Payload } from '../../../kafka/payload.ts'
import type { Framing, UnreadableFraming } from './framing.ts'
import { apicurioHeader, azureHeader, confluentHeader } from './from-headers.ts'
import { GUID_BYTES, guidAt } from './guid.ts'

const ID_END = 5
const LONG_ID_END = 9
const GLUE_END = 2 + GUID_BYTES

/** A zero byte and an id. No registry gives the id 0, so four zero bytes are the upper half of an id of eight bytes. */
const zeroByte = (bytes: Buffer): Framing | null => {
  if (bytes[0] !== 0 || bytes.length < ID_END) return null
  const id = bytes.readUInt32BE(1)
  if (id > 0) return { kind: 'CONFLUENT', pointer: { kind: 'id', id }, start: ID_END, messagePlace: null }
  const longId = bytes.length < LONG_ID_END ? 0 : bytes.readUInt32BE(ID_END)
  if (longId === 0) return null
  return { kind: 'APICURIO', pointer: { kind: 'longId', id: longId }, start: LONG_ID_END, messagePlace: null }
}

/** AWS Glue's framing: 3, then 0 or 5 for the compression, then the GUID of the version. */
const glue = (bytes: Buffer): UnreadableFraming | null => {
  const isGlue = bytes[0] === 3 && (bytes[1] === 0 || bytes[1] === 5) && bytes.length >= GLUE_END
  if (!isGlue) return null
  return {
    problem: `it has the framing of the AWS Glue Schema Registry (schema version ${guidAt(bytes, 2)}), which is not read`,
  }
}

/**
 * Recognises how a payload names its schema: the headers of Confluent, Apicurio and Azure, then the first bytes, in this order.
 * Headers come first because the value below them has no framing, and may begin with a zero byte itself. Null if it names none.
 */
export const recogniseFraming = (payload: Payload): Framing | UnreadableFraming | null => {
  const { bytes } = payload
  return confluentHeader(payload) ?? apicurioHeader(payload) ?? azureHeader(payload) ?? zeroByte(bytes) ?? glue(bytes)
}

/** Type guard for a framing that cannot be read. */
export const isUnreadable = (framing: Framing | UnreadableFraming): framing is UnreadableFraming => 'problem' in framing
