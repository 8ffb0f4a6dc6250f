import type { ApiRequest } from '../connection/api-request.ts'

/** Who a transaction belongs to: of one transactional id, the producer of the newest epoch alone may write. */
export interface TransactionalProducer {
  readonly transactionalId: string
  readonly producerId: bigint
  readonly producerEpoch: number
}

/** What became of an EndTxn. */
export interface EndTxnAnswer {
  readonly errorCode: number
}

/**
 * EndTxn v3, which commits. A repeat with the same producer is answered as the first one was. From v5 on the epoch grows with
 * every transaction; here InitProducerId makes it grow, which every Kafka does.
 */
export const commitTxnRequest = ({
  transactionalId,
  producerId,
  producerEpoch,
}: TransactionalProducer): ApiRequest<EndTxnAnswer> => ({
  apiKey: 26,
  apiName: 'EndTxn',
  apiVersion: 3,
  isFlexible: true,
  encode: writer => {
    writer.compactString(transactionalId).int64(producerId).int16(producerEpoch).boolean(true).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return { errorCode: reader.int16() }
  },
})
