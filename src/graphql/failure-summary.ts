import { type ErrorCode, isFailure, KafkaError, type Outcome } from '../kafka/kafka-error.ts'
import type { FailureShape } from './mutation-failure.ts'

/** What the outcomes of a list are about, in words. */
interface SummaryWords {
  /** One item: "Group", "Topic". */
  readonly one: string
  /** What failed: "could not be ranked". */
  readonly failed: string
}

/** The items that a list leaves out, as one error for each code: thousands of items may fail for the same reason. */
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
