import type { ArgumentBuilder } from '../builder.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput } from '../failures.ts'

const written = (ms: number): string => `PT${ms / 1000}S`

/** The argument that says how often a subscription may be told of changes. */
export const intervalArgument = (arg: ArgumentBuilder, byDefaultMs: number) =>
  arg({
    type: 'Duration',
    defaultValue: byDefaultMs,
    description:
      'How often Kafka is looked at, and so how often something may be told at most: "PT0.1S" to "PT3600S". All who watch the same thing share one look, at the shortest interval among them. Several changes between two looks are told as one.',
  })

/** The interval asked for, ms. @throws GraphQLError BAD_USER_INPUT beyond the bounds. */
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
