import type { ApiRequest } from '../connection/api-request.ts'

/** An InitProducerId answer: the number under which a producer's batches are counted. */
export interface InitProducerIdAnswer {
  readonly errorCode: number
  readonly producerId: bigint
  readonly producerEpoch: number
}

/** For whom a producer id is asked with a transactional id. */
export interface TransactionalIdentity {
  readonly transactionalId: string
  /** Kafka aborts a transaction that is not ended after this, ms. */
  readonly timeoutMs: number
}

/** The transaction time-out means nothing without a transactional id, but the field is there. */
const NOT_TRANSACTIONAL = { transactionalId: null, timeoutMs: 60_000 }

/**
 * InitProducerId v2. Without a transactional id any broker answers it. With one its coordinator does: it aborts what is open
 * under that id, and then gives a newer epoch.
 */
export const initProducerIdRequest = (identity?: TransactionalIdentity): ApiRequest<InitProducerIdAnswer> => ({
  apiKey: 22,
  apiName: 'InitProducerId',
  apiVersion: 2,
  isFlexible: true,
  encode: writer => {
    const { transactionalId, timeoutMs } = identity ?? NOT_TRANSACTIONAL
    writer.compactString(transactionalId).int32(timeoutMs).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return { errorCode: reader.int16(), producerId: reader.int64(), producerEpoch: reader.int16() }
  },
})
