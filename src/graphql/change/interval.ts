import type { ArgumentBuilder } from '../core/builder.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput } from '../core/errors/failures.ts'

const written = (ms: number): string => `PT${ms / 1000}S`

/** The argument for the interval between two polls. */
export const intervalArgument = (arg: ArgumentBuilder, byDefaultMs: number) =>
  arg({
    type: 'Duration',
    defaultValue: byDefaultMs,
    description:
      'The interval at which the server polls Kafka, and so the shortest time between two events: "PT0.1S" to "PT3600S". Subscribers to the same thing share one poll, at the shortest of their intervals. Several changes between two polls arrive as one.',
  })

/** The requested interval, ms. @throws GraphQLError BAD_USER_INPUT outside the limits. */
export const intervalOf = (
  interval: number | null | undefined,
  byDefaultMs: number,
  { limits }: GraphQLContext,
): number => {
  const { minIntervalMs, maxIntervalMs } = limits.watch
  const chosen = interval ?? byDefaultMs
  if (chosen >= minIntervalMs && chosen <= maxIntervalMs) return chosen
  throw badInput('interval', `is ${written(chosen)}: give ${written(minIntervalMs)} to ${written(maxIntervalMs)}.`)
}
