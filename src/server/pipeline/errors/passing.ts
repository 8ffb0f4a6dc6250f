import type { GraphQLError } from 'graphql'
import { MISSING_TOPIC } from '../../../kafka/errors/missing-topic.ts'

/** True for a transient error: the client may retry the same subscription. */
export const isPassing = ({ extensions: { code, retriable } }: GraphQLError): boolean =>
  retriable === true && !(typeof code === 'string' && MISSING_TOPIC.has(code))
