import type { ApiRequest } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'

/** A coordinator's description of one transactional id, or an error. */
export interface DescribedTransaction {
  readonly errorCode: number
  readonly transactionalId: string
  readonly state: string
  readonly timeoutMs: number
  /** Epoch ms; -1 if no transaction is open. */
  readonly startTime: bigint
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
}

const readTopic = (reader: ByteReader) => {
  const topic = { topic: reader.compactString() ?? '', partitions: reader.compactArray(() => reader.int32()) }
  reader.skipTags()
  return topic
}

const readTransaction = (reader: ByteReader): DescribedTransaction => {
  const transaction = {
    errorCode: reader.int16(),
    transactionalId: reader.compactString() ?? '',
    state: reader.compactString() ?? '',
    timeoutMs: reader.int32(),
    startTime: reader.int64(),
    producerId: reader.int64(),
    producerEpoch: reader.int16(),
    topics: reader.compactArray(() => readTopic(reader)),
  }
  reader.skipTags()
  return transaction
}

/** DescribeTransactions v0 (Kafka 3.0 and newer). Only the id's coordinator answers it. */
export const describeTransactionsRequest = (
  transactionalIds: readonly string[],
): ApiRequest<readonly DescribedTransaction[]> => ({
  apiKey: 65,
  apiName: 'DescribeTransactions',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactArray(transactionalIds, id => writer.compactString(id)).noTags()
  },
  decode: reader => {
    reader.throttleTime()
    return reader.compactArray(() => readTransaction(reader))
  },
})
