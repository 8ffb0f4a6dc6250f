import { Payload } from '../../kafka/payload.ts'
import { badInput } from '../core/errors/failures.ts'

/** The longest character of UTF-8. */
const MOST_CHARACTER_BYTES = 4
const [CONTINUATION, LEAD] = [0x80, 0xc0]

/** How many bytes a character takes that begins with this byte. */
const characterBytes = (lead: number): number => {
  if (lead < LEAD) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : MOST_CHARACTER_BYTES
}

/** The bytes without a character that they end in the middle of. */
const wholeCharacters = (bytes: Buffer): Buffer => {
  const { length } = bytes
  for (let back = 1; back <= Math.min(MOST_CHARACTER_BYTES, length); back++) {
    const byte = bytes[length - back] ?? 0
    if (byte >= CONTINUATION && byte < LEAD) continue
    return characterBytes(byte) > back ? bytes.subarray(0, length - back) : bytes
  }
  return bytes
}

/** A payload of which only the beginning is shown. */
export class CutPayload extends Payload {
  readonly shown: Buffer

  constructor(whole: Payload, maxBytes: number) {
    super(whole.topic, whole.part, whole.bytes, whole.owner)
    this.shown = whole.bytes.subarray(0, maxBytes)
  }

  /** Why there is no decoded value. */
  get problem(): string {
    return `The payload has ${this.bytes.length} bytes and was cut at byte ${this.shown.length} (maxBytes): only a whole payload can be decoded.`
  }
}

/** The bytes that the fields show. */
export const shownBytes = (payload: Payload): Buffer => (payload instanceof CutPayload ? payload.shown : payload.bytes)

/** @throws GraphQLError BAD_USER_INPUT for a negative number. */
export const checkMaxBytes = ({ maxBytes }: Readonly<Record<string, unknown>>): void => {
  if (typeof maxBytes === 'number' && maxBytes < 0) throw badInput('maxBytes', `is ${maxBytes}: give 0 or more.`)
}

/** The payload, cut if it has more bytes than asked for. */
export const cutPayload = (payload: Payload, maxBytes: number | null | undefined): Payload => {
  if (maxBytes == null) return payload
  checkMaxBytes({ maxBytes })
  return payload.bytes.length > maxBytes ? new CutPayload(payload, maxBytes) : payload
}

/** The text that is shown: of a payload that was cut, the characters that are whole. */
export const textBytes = (payload: Payload): Buffer =>
  payload instanceof CutPayload ? wholeCharacters(payload.shown) : payload.bytes
