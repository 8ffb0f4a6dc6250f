import { kafkaErrorOf } from '../../kafka/kafka-error.ts'
import type { ApiRequest } from '../connection/api-request.ts'
import type { ClusterMap } from '../connection/cluster-map.ts'
import { type RetryBounds, retrying } from '../connection/retry.ts'

/** An answer that may be an error as a whole. */
interface Answer {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** @throws KafkaError what the answer says is wrong. */
export const throwIfFailed = ({ errorCode, errorMessage }: Answer): void => {
  if (errorCode !== 0) throw kafkaErrorOf(errorCode, errorMessage)
}

/** Asks any broker until one answers without an error that may pass. @throws KafkaError. */
export const ask = <T extends Answer>(cluster: ClusterMap, request: ApiRequest<T>, bounds: RetryBounds): Promise<T> =>
  retrying(bounds, async () => {
    const answer = await cluster.askAny(() => request)
    throwIfFailed(answer)
    return answer
  })
