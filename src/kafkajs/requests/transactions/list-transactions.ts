import type { ApiRequest } from '../../wire/api-request.ts'

/** A transaction as its coordinator lists it. */
interface ListedTransaction {
  readonly transactionalId: string
  readonly producerId: bigint
  readonly state: string
}

/** The transactions that one broker coordinates. */
export interface ListedTransactions {
  readonly errorCode: number
  readonly transactions: readonly ListedTransaction[]
}

/** Which transactions to list, on the wire. */
export interface WireTransactionFilter {
  readonly states: readonly string[]
  readonly producerIds: readonly bigint[]
  /** Ms; -1 for any. */
  readonly minDurationMs: number
  readonly transactionalIdPattern: string | null
}

/** ListTransactions v1 (Kafka 3.8 and newer), or v2 (4.1) with a pattern. A broker lists those that it coordinates. */
export const listTransactionsRequest = (filter: WireTransactionFilter): ApiRequest<ListedTransactions> => ({
  apiKey: 66,
  apiName: 'ListTransactions',
  apiVersion: filter.transactionalIdPattern === null ? 1 : 2,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(filter.states, state => writer.compactString(state))
    writer.compactArray(filter.producerIds, producerId => writer.int64(producerId))
    writer.int64(BigInt(filter.minDurationMs))
    if (filter.transactionalIdPattern !== null) writer.compactString(filter.transactionalIdPattern)
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const errorCode = reader.int16()
    reader.compactArray(() => reader.compactString()) // states that the broker does not know
    const transactions = reader.compactArray(() => {
      const listed = {
        transactionalId: reader.compactString() ?? '',
        producerId: reader.int64(),
        state: reader.compactString() ?? '',
      }
      reader.skipTags()
      return listed
    })
    return { errorCode, transactions }
  },
})
