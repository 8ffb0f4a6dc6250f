import type { GraphQLError } from 'graphql'
import { MISSING_TOPIC } from '../kafka/missing-topic.ts'

/** True for an error that may pass by itself: the client may ask for the same subscription again. */
export const isPassing = ({ extensions: { code, retriable } }: GraphQLError): boolean =>
  retriable === true && !(typeof code === 'string' && MISSING_TOPIC.has(code))
