import type { FolderParts } from '../core/schema-part.ts'
import { PayloadInput, SchemaEncodedInput } from '../produce/payload-input.ts'
import { produceInputParts } from '../produce/produce-input.ts'
import { produceMutation } from '../produce/produce-mutation.ts'
import { producePayloadParts } from '../produce/produce-payload.ts'

/** What the schema says of producing. */
export const produceSchema: FolderParts = {
  reads: [],
  writes: [SchemaEncodedInput, PayloadInput, produceInputParts, produceMutation, producePayloadParts],
}
