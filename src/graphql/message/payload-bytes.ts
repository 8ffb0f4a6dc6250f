import type { Payload } from '../../kafka/payload.ts'
import type { GraphQLContext } from '../core/context.ts'
import type { JsonBytes } from '../core/json-bytes.ts'
import { takeRendering } from './rendered-bytes.ts'

/** `MessagePayload.string` without the string. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const writeText = ({ bytes }: Payload, to: JsonBytes, context: GraphQLContext): void => {
  takeRendering('string', bytes, context)
  to.utf8(bytes)
}

/** `MessagePayload.hex` without the string. @throws GraphQLError PAYLOAD_TOO_LARGE */
export const writeHex = ({ bytes }: Payload, to: JsonBytes, context: GraphQLContext): void => {
  takeRendering('hex', bytes, context)
  to.hex(bytes)
}
