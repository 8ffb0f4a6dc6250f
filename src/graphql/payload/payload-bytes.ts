import type { Payload } from '../../kafka/payload/payload.ts'
import type { GraphQLContext } from '../core/context.ts'
import type { JsonBytes } from '../core/json-bytes.ts'
import { shownBytes, textBytes } from './cut-payload.ts'
import { takeRendering } from './rendered-bytes.ts'

/** `MessagePayload.string` without the string. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const writeText = (payload: Payload, to: JsonBytes, context: GraphQLContext): void => {
  const bytes = textBytes(payload)
  takeRendering('string', bytes, context)
  to.utf8(bytes)
}

/** `MessagePayload.hex` without the string. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const writeHex = (payload: Payload, to: JsonBytes, context: GraphQLContext): void => {
  const bytes = shownBytes(payload)
  takeRendering('hex', bytes, context)
  to.hex(bytes)
}
