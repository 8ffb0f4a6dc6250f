import { type KafkaError, kafkaErrorOf } from '../../kafka/kafka-error.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { type RetryBounds, retrying } from '../connection/retry.ts'

/** An answer that may be an error as a whole. */
interface Answer {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** What Kafka says of a right that is missing may be its own request, printed with session and buffers. */
const isInternal = (message: string | null): boolean => message?.startsWith('Request Request(') ?? false

/** The error that an answer, or one item of it, is. */
export const errorOf = ({ errorCode, errorMessage }: Answer): KafkaError =>
  kafkaErrorOf(errorCode, isInternal(errorMessage) ? null : errorMessage)

/** @throws KafkaError what the answer says is wrong. */
export const throwIfFailed = (answer: Answer): void => {
  if (answer.errorCode !== 0) throw errorOf(answer)
}

/** Asks any broker until one answers without an error that may pass. @throws KafkaError. */
export const ask = <T extends Answer>(cluster: ClusterMap, request: ApiRequest<T>, bounds: RetryBounds): Promise<T> =>
  retrying(bounds, async () => {
    const answer = await cluster.askAny(() => request)
    throwIfFailed(answer)
    return answer
  })
