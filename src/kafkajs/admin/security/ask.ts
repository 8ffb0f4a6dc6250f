import { type KafkaError, kafkaErrorOf } from '../../../kafka/errors/kafka-error.ts'
import type { ClusterMap } from '../../transport/cluster-map.ts'
import { type RetryBounds, retrying } from '../../transport/retry.ts'
import type { ApiRequest } from '../../wire/api-request.ts'

/** A response that may contain an error. */
interface Answer {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** For a missing permission, Kafka may return its own request, printed with session and buffers. */
const isInternal = (message: string | null): boolean => message?.startsWith('Request Request(') ?? false

/** The error of a response or of one item. */
export const errorOf = ({ errorCode, errorMessage }: Answer): KafkaError =>
  kafkaErrorOf(errorCode, isInternal(errorMessage) ? null : errorMessage)

/** @throws KafkaError the error of the response. */
export const throwIfFailed = (answer: Answer): void => {
  if (answer.errorCode !== 0) throw errorOf(answer)
}

/** Asks any broker and retries retriable errors. @throws KafkaError. */
export const ask = <T extends Answer>(cluster: ClusterMap, request: ApiRequest<T>, bounds: RetryBounds): Promise<T> =>
  retrying(bounds, async () => {
    const answer = await cluster.askAny(() => request)
    throwIfFailed(answer)
    return answer
  })
