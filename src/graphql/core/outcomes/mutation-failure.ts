import type { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { interfaceRef, objectRef } from '../schema-part.ts'

/** A Kafka failure and the part of the request that caused it. */
export interface FailureShape {
  readonly error: KafkaError
  /** Argument, input fields and index, the index last; null when no single part caused it. */
  readonly path: readonly string[] | null
}

/** A failed part of a mutation, returned next to the parts that succeeded. */
export const KafkaErrorType = objectRef<FailureShape>('KafkaError').implement({
  description:
    'A failed part of a request, refused by Kafka or by this API. It shows which part to repair or retry. The other parts stay done: a request can succeed in part, so always read `errors`.',
  fields: t => ({
    code: t.string({
      description:
        'Kafka’s own name of the error, such as TOPIC_ALREADY_EXISTS, NOT_ENOUGH_REPLICAS or MESSAGE_TOO_LARGE. It is stable, so programs can rely on it. Where Kafka has no name, this API adds one: KAFKA_UNAVAILABLE (no broker answers), OUTCOME_UNKNOWN (the request was sent, but no response came) or BUSY (this API has reached one of its limits).',
      resolve: ({ error }) => error.code,
    }),
    errorCode: t.int({
      description: 'Kafka’s number for the error; -1 if Kafka has none.',
      resolve: ({ error }) => error.errorCode,
    }),
    message: t.string({ description: 'What went wrong, in words.', resolve: ({ error }) => error.message }),
    retriable: t.boolean({
      description: 'Whether the same request may succeed later, for example after a leader election.',
      resolve: ({ error }) => error.retriable,
    }),
    path: t.stringList({
      description:
        'The part of the request that failed: argument, input fields and last the list index, counted from 0. Examples: ["topics", "1"] and ["input", "messages", "3"]. Null if no single part caused the failure.',
      nullable: true,
      resolve: ({ path }) => path,
    }),
  }),
})

export const MutationPayload = interfaceRef<{ readonly errors: readonly FailureShape[] }>('MutationPayload').implement({
  extensions: { isMutationPayload: true },
  description: 'The result of a mutation: the changes that were made, and the parts that Kafka refused.',
  fields: t => ({
    errors: t.expose('errors', {
      description: 'The parts that failed, and why. Empty if everything succeeded.',
      type: [KafkaErrorType],
    }),
  }),
})
