import type { KafkaError } from '../kafka/kafka-error.ts'
import { interfaceRef, objectRef } from './schema-part.ts'

/** A Kafka failure with the part of the request that it belongs to. */
export interface FailureShape {
  readonly error: KafkaError
  /** Argument, input fields and index, the index last; null when it belongs to no single part. */
  readonly path: readonly string[] | null
}

/** A Kafka failure in an answer, beside what succeeded. */
export const KafkaErrorType = objectRef<FailureShape>('KafkaError').implement({
  description:
    'Why Kafka, or this API for it, refused or failed a part of a request. The other parts are not touched by it: what succeeded stays done.',
  fields: t => ({
    code: t.string({
      description:
        'Kafka’s own name of the error (TOPIC_ALREADY_EXISTS, NOT_ENOUGH_REPLICAS, MESSAGE_TOO_LARGE, …): stable, made for programs. Where Kafka has no name: KAFKA_UNAVAILABLE when no broker answers, OUTCOME_UNKNOWN when the request was sent and no answer came, BUSY when this API holds as much as it may.',
      resolve: ({ error }) => error.code,
    }),
    errorCode: t.int({
      description: 'Kafka’s number of the error; -1 where Kafka has none.',
      resolve: ({ error }) => error.errorCode,
    }),
    message: t.string({ description: 'What is wrong, for people.', resolve: ({ error }) => error.message }),
    retriable: t.boolean({
      description: 'Whether the same request may succeed later, such as after an election.',
      resolve: ({ error }) => error.retriable,
    }),
    path: t.stringList({
      description:
        'The part of the request that failed: argument, input fields, and as its last element the index in a list, counted from 0: ["topics", "1"] or ["input", "messages", "3"]. Null when no single part is at fault.',
      nullable: true,
      resolve: ({ path }) => path,
    }),
  }),
})

/** What every mutation's answer has. */
export const MutationPayload = interfaceRef<{ readonly errors: readonly FailureShape[] }>('MutationPayload').implement({
  extensions: { isMutationPayload: true },
  description: 'The answer of a mutation: what was done, and beside it what Kafka refused.',
  fields: t => ({
    errors: t.expose('errors', {
      description: 'What was refused, and why. Empty when everything was done.',
      type: [KafkaErrorType],
    }),
  }),
})
