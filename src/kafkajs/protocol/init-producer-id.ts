import type { ApiRequest } from '../connection/api-request.ts'

/** An InitProducerId answer: the number under which a producer's batches are counted. */
export interface InitProducerIdAnswer {
  readonly errorCode: number
  readonly producerId: bigint
  readonly producerEpoch: number
}

/** InitProducerId v2: a producer id without a transactional id. Any broker answers it. */
export const initProducerIdRequest = (): ApiRequest<InitProducerIdAnswer> => ({
  apiKey: 22,
  apiName: 'InitProducerId',
  apiVersion: 2,
  isFlexible: true,
  encode: writer => {
    // The transaction time-out means nothing without a transactional id, but the field is there.
    writer.compactString(null).int32(60_000).noTags()
  },
  decode: reader => {
    reader.int32() // throttle time: the broker itself holds the next answer back
    return { errorCode: reader.int16(), producerId: reader.int64(), producerEpoch: reader.int16() }
  },
})
