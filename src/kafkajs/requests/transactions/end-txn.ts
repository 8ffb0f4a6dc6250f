import type { ApiRequest } from '../../wire/api-request.ts'

/** The producer of a transactional id. Only the one with the newest epoch may write. */
export interface TransactionalProducer {
  readonly transactionalId: string
  readonly producerId: bigint
  readonly producerEpoch: number
}

/** An EndTxn response. */
export interface EndTxnAnswer {
  readonly errorCode: number
}

/**
 * EndTxn v3 with commit. A repeat by the same producer gets the same response. From v5 on, Kafka raises the epoch with
 * every transaction; here InitProducerId raises it, which works with every Kafka version.
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
