import type { FolderParts } from '../schema-part.ts'
import { PayloadInput } from './payload-input.ts'
import { produceInputParts } from './produce-input.ts'
import { produceMutation } from './produce-mutation.ts'
import { producePayloadParts } from './produce-payload.ts'

/** What the schema says of producing. */
export const produceSchema: FolderParts = {
  reads: [],
  writes: [PayloadInput, produceInputParts, produceMutation, producePayloadParts],
}
