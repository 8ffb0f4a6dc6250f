import { DecodeProblem } from '../schema-codec.ts'
import { bytesText, decodedScalar, type Format } from './format.ts'

const UUID_BYTES = 16
const UUID_CHARACTERS = 36
const TEXT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/

/** The 16 bytes of a UUID as text. */
export const uuidText = (bytes: Buffer): string => bytes.toString('hex').replace(GROUPS, '$1-$2-$3-$4-$5')

/** A UUID: 16 bytes, or its text, which Kafka's UUIDSerializer writes. */
export const readUuid: Format = (bytes, path) => {
  if (bytes.length === UUID_BYTES) return decodedScalar(uuidText(bytes), path)
  const text = bytes.length === UUID_CHARACTERS ? bytes.toString('latin1') : ''
  if (!TEXT.test(text))
    throw new DecodeProblem(
      `it is 16 bytes or text such as 123e4567-e89b-12d3-a456-426614174000; this has ${bytesText(bytes.length)}`,
    )
  return decodedScalar(text, path)
}
