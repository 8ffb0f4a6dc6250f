import { isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { shortened } from '../../../kafka/text.ts'
import type { FailureShape } from './mutation-failure.ts'

/** How to carry out a list of inputs: check each one separately, then send the valid ones in one request. */
export interface ListWork<Input, Request, Result> {
  /** The Kafka request for one input. @throws KafkaError when only this input is refused. */
  prepare(input: Input, index: number): Request
  /** One outcome for each request, in order. */
  send(requests: readonly Request[]): Promise<readonly Outcome<Result>[]>
}

const attempt = <T>(work: () => T): Outcome<T> => {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof KafkaError) return thrown
    throw thrown
  }
}

/** If the whole Kafka request fails, every input gets that failure. */
const sendAll = async <Request, Result>(
  requests: readonly Request[],
  send: (requests: readonly Request[]) => Promise<readonly Outcome<Result>[]>,
): Promise<readonly Outcome<Result>[]> => {
  if (requests.length === 0) return []
  try {
    return await send(requests)
  } catch (thrown) {
    if (thrown instanceof KafkaError) return requests.map(() => thrown)
    throw thrown
  }
}

/** One outcome for each input, at its index. A refused input does not stop the others. */
export const settleAll = async <Input, Request, Result>(
  inputs: readonly Input[],
  { prepare, send }: ListWork<Input, Request, Result>,
): Promise<readonly Outcome<Result>[]> => {
  const prepared = inputs.map((input, index) => attempt(() => prepare(input, index)))
  const requests = prepared.flatMap(request => (isFailure(request) ? [] : [request]))
  const given = await sendAll(requests, send)
  if (requests.length === prepared.length && given.length === prepared.length) return given
  const answers = [...given].reverse()
  const unanswered = () => new KafkaError('UNKNOWN_SERVER_ERROR', 'Kafka’s response has no result for this item.')
  return prepared.map(request => (isFailure(request) ? request : (answers.pop() ?? unanswered())))
}

/** The failed outcomes, each with its index as the last element of its path. */
export const failuresOf = (outcomes: readonly Outcome<unknown>[], path: readonly string[]): readonly FailureShape[] =>
  outcomes.flatMap((outcome, index) => (isFailure(outcome) ? [{ error: outcome, path: [...path, String(index)] }] : []))

/** The outcomes that are results, each at its index; null where one failed. */
export const resultsOf = <T>(outcomes: readonly Outcome<T>[]): readonly (T | null)[] =>
  outcomes.map(outcome => (isFailure(outcome) ? null : outcome))

/** Refuses duplicate names, as Kafka does: its response could not distinguish them. */
export const refuseDuplicates = (names: readonly string[]): ((name: string) => void) => {
  const seen = new Set<string>()
  const duplicates = new Set<string>()
  for (const name of names) (seen.has(name) ? duplicates : seen).add(name)
  return name => {
    if (duplicates.has(name))
      throw new KafkaError('INVALID_REQUEST', `${shortened(name)} is named more than once in this request.`)
  }
}
