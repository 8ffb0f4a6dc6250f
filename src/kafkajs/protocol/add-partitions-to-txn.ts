import type { ApiRequest } from '../connection/api-request.ts'
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

const byTopic = (partitions: readonly TransactionPartition[]): readonly (readonly [string, readonly number[]])[] => {
  const topics = new Map<string, number[]>()
  for (const { topic, partition } of partitions) topics.set(topic, [...(topics.get(topic) ?? []), partition])
  return [...topics]
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
    writer.compactArray(byTopic(partitions), ([topic, numbers]) => {
      writer.compactString(topic)
      writer.compactArray(numbers, number => writer.int32(number)).noTags()
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
