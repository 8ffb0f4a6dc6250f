import type { GraphQLError } from 'graphql'
import { MISSING_TOPIC } from '../kafka/missing-topic.ts'

/** True for an error that passes by itself: the same subscription may be asked for again. */
export const isPassing = ({ extensions: { code, retriable } }: GraphQLError): boolean =>
  retriable === true && !(typeof code === 'string' && MISSING_TOPIC.has(code))
