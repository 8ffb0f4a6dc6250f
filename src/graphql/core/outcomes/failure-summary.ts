import { type ErrorCode, isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { FailureShape } from './mutation-failure.ts'

/** The words that describe the failed items of a list. */
interface SummaryWords {
  readonly one: string
  /** The failure, such as "could not be ranked". */
  readonly failed: string
}

/** Summarises the items that a list leaves out, one error per code: thousands of items can fail for the same reason. */
export const failureSummary = (
  names: readonly string[],
  outcomes: readonly Outcome<unknown>[],
  { one, failed }: SummaryWords,
): readonly FailureShape[] => {
  const byCode = new Map<ErrorCode, { readonly first: KafkaError; readonly names: string[] }>()
  for (const [index, outcome] of outcomes.entries()) {
    const name = names[index]
    if (!isFailure(outcome) || name === undefined) continue
    const entry = byCode.get(outcome.code) ?? { first: outcome, names: [] }
    entry.names.push(JSON.stringify(name))
    byCode.set(outcome.code, entry)
  }
  return [...byCode.values()].map(({ first, names: [example, ...others] }) => {
    const which = others.length === 0 ? `${one} ${example}` : `${one} ${example} and ${others.length} more`
    return { error: new KafkaError(first.code, `${which} ${failed}: ${first.message}`), path: null }
  })
}
