import type { BatchLimits } from '../../kafka/ports/message-streams.ts'
import { badInput } from '../failures.ts'
import type { GraphQLLimits } from '../limits.ts'
import { inputType } from '../schema-part.ts'

/** How large batches may grow. */
export const BatchInput = inputType('BatchInput', {
  description:
    'How large batches may grow, and how long a message may wait for others. Left out, the server chooses: a single message leaves almost at once, a backlog leaves in large batches.',
  fields: t => ({
    maxMessages: t.int({ description: 'The most messages in a batch.' }),
    maxBytes: t.int({
      description: 'The most bytes of messages in a batch; a single larger message makes a batch of its own.',
    }),
    linger: t.field({
      type: 'Duration',
      description: 'How long the first message of a batch may wait for others: "PT0.005S".',
    }),
  }),
})

const within = (argument: string, value: number | null | undefined, byDefault: number, least: number, most: number) => {
  const chosen = value ?? byDefault
  if (chosen >= least && chosen <= most) return chosen
  throw badInput(argument, `is ${chosen}: give ${least} to ${most}.`)
}

/** The limits that an input stands for. @throws GraphQLError BAD_USER_INPUT for what the server does not allow. */
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
