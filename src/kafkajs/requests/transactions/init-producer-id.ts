import type { ApiRequest } from '../../wire/api-request.ts'

/** An InitProducerId response: the id that identifies a producer's batches. */
export interface InitProducerIdAnswer {
  readonly errorCode: number
  readonly producerId: bigint
  readonly producerEpoch: number
}

/** The transactional id for which to get a producer id. */
export interface TransactionalIdentity {
  readonly transactionalId: string
  /** Kafka aborts a transaction that is still open after this time, in ms. */
  readonly timeoutMs: number
}

/** Without a transactional id the time-out has no meaning, but the field is required. */
const NOT_TRANSACTIONAL = { transactionalId: null, timeoutMs: 60_000 }

/**
 * InitProducerId v2. Without a transactional id any broker answers it. With one, its coordinator aborts the open
 * transaction of that id and then returns a newer epoch.
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
