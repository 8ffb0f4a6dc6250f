import type { BatchLimits } from '../../kafka/ports/message-streams.ts'
import { badInput } from '../core/errors/failures.ts'
import type { GraphQLLimits } from '../core/limits.ts'
import { inputType } from '../core/schema-part.ts'

export const BatchInput = inputType('BatchInput', {
  description:
    'Limits of a batch: its size, and how long a message waits for others. Default: the server chooses, so that a single message is sent almost at once and a backlog in large batches.',
  fields: t => ({
    maxMessages: t.int({ description: 'The maximum number of messages in a batch.' }),
    maxBytes: t.int({
      description: 'The maximum number of bytes in a batch. A larger message gets a batch of its own.',
    }),
    linger: t.field({
      type: 'Duration',
      description: 'How long the first message of a batch may wait for others, such as "PT0.005S".',
    }),
  }),
})

const within = (argument: string, value: number | null | undefined, byDefault: number, least: number, most: number) => {
  const chosen = value ?? byDefault
  if (chosen >= least && chosen <= most) return chosen
  throw badInput(argument, `is ${chosen}: give ${least} to ${most}.`)
}

/** The limits for an input. @throws GraphQLError BAD_USER_INPUT for a value that the server does not allow. */
export const batchLimits = (
  input: typeof BatchInput.$inferInput | null | undefined,
  { default: byDefault, max }: GraphQLLimits['batch'],
): BatchLimits => {
  const { maxMessages, maxBytes, linger } = input ?? {}
  if (linger && linger > max.lingerMs) {
    throw badInput('input.batch.linger', `is PT${linger / 1000}S: give at most PT${max.lingerMs / 1000}S.`)
  }
  return {
    maxMessages: within('input.batch.maxMessages', maxMessages, byDefault.maxMessages, 1, max.maxMessages),
    maxBytes: within('input.batch.maxBytes', maxBytes, byDefault.maxBytes, 1, max.maxBytes),
    lingerMs: linger ?? byDefault.lingerMs,
  }
}
