import type { ApiRequest } from '../../wire/api-request.ts'
import { byTopic } from '../by-topic.ts'
import type { TransactionalProducer } from './end-txn.ts'

/** A partition of a transaction. */
export interface TransactionPartition {
  readonly topic: string
  readonly partition: number
}

/** The coordinator's result for one partition. */
export interface AddedPartition extends TransactionPartition {
  readonly errorCode: number
}

/** AddPartitionsToTxn v3; newer versions are for brokers. Adds either all partitions or none. */
export const addPartitionsToTxnRequest = (
  { transactionalId, producerId, producerEpoch }: TransactionalProducer,
  partitions: readonly TransactionPartition[],
): ApiRequest<readonly AddedPartition[]> => ({
  apiKey: 24,
  apiName: 'AddPartitionsToTxn',
  apiVersion: 3,
  isFlexible: true,
  encode: writer => {
    writer.compactString(transactionalId).int64(producerId).int16(producerEpoch)
    writer.compactArray(byTopic(partitions), ({ topic, items }) => {
      writer.compactString(topic)
      writer.compactArray(items, ({ partition }) => writer.int32(partition)).noTags()
    })
    writer.noTags()
  },
  decode: reader => {
    reader.throttleTime()
    const topics = reader.compactArray(() => {
      const topic = reader.compactString() ?? ''
      const added = reader.compactArray(() => {
        const one = { topic, partition: reader.int32(), errorCode: reader.int16() }
        reader.skipTags()
        return one
      })
      reader.skipTags()
      return added
    })
    return topics.flat()
  },
})
