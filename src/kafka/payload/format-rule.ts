import type { PayloadPart } from '../payload.ts'
import type { PayloadFormat } from './payload-format.ts'

/** How to read the payloads of some topics whose bytes do not say what they are. */
export interface PayloadFormatRule {
  /** A pattern of their names; see `matchesGlob`. */
  readonly topics: string
  readonly part: PayloadPart
  /** The name of the header; null for keys and values. */
  readonly header: string | null
  readonly format: PayloadFormat
  /** Of a format with a schema: the bytes were written by the latest version of this subject, without a framing. */
  readonly subject: string | null
  /** The Protobuf message, such as `shop.Order`. Null: the first of the file. */
  readonly messageName: string | null
}
