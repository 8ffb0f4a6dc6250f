import type { ErrorCode, Outcome } from '../../kafka/errors/kafka-error.ts'
import { type Call, uninterrupted } from '../../kafka/ports/call.ts'
import type { SchemaRegistry } from '../../kafka/ports/schema-registry.ts'
import type { GraphQLContext } from '../core/context.ts'
import type { FailureShape } from '../core/outcomes/mutation-failure.ts'
import { failuresOf, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'

/** The argument at fault, by error code. Other errors are not about a single argument. */
const ARGUMENTS: ReadonlyMap<ErrorCode, string> = new Map([
  ['INCOMPATIBLE_SCHEMA', 'schema'],
  ['INVALID_SCHEMA', 'schema'],
  ['SUBJECT_NOT_FOUND', 'subject'],
  ['SCHEMA_VERSION_NOT_FOUND', 'version'],
])

const withArgument = ({ error }: FailureShape): FailureShape => {
  const argument = ARGUMENTS.get(error.code)
  return { error, path: argument === undefined ? null : [argument] }
}

/** The result of one change of the registry. */
export interface RegistryChange<T> {
  readonly errors: readonly FailureShape[]
  /** Null if the registry refused the change. */
  readonly result: T | null
}

/** Sends one change to the registry. It runs to its end even if the client leaves, and forgets what was loaded before. */
export const changeRegistry = async <T>(
  { ports, call, loaders }: GraphQLContext,
  change: (registry: SchemaRegistry, call: Call) => Promise<T>,
): Promise<RegistryChange<T>> => {
  const outcomes: readonly Outcome<T>[] = await settleAll([change], {
    prepare: one => one,
    send: changes => Promise.all(changes.map(one => one(ports.schemaRegistry, uninterrupted(call)))),
  })
  loaders.forget()
  return { errors: failuresOf(outcomes, []).map(withArgument), result: resultsOf(outcomes)[0] ?? null }
}
