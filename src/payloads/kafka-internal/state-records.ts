import { field, keySchema, listOf, type RecordKind, recordKind } from './record-schema.ts'

/** The records of `__transaction_state`, by the number of their kind. */
export const transactionRecords: ReadonlyMap<number, RecordKind> = new Map([
  [
    0,
    {
      key: keySchema('TransactionLogKey', [field('transactionalId', 'string')]),
      value: {
        name: 'TransactionLogValue',
        lastVersion: 1,
        flexibleSince: 1,
        fields: [
          field('producerId', 'int64'),
          field('previousProducerId', 'int64', { since: 1, tag: 0 }),
          field('nextProducerId', 'int64', { since: 1, tag: 1 }),
          field('producerEpoch', 'int16'),
          field('nextProducerEpoch', 'int16', { since: 1, tag: 3 }),
          field('transactionTimeoutMs', 'int32'),
          field('transactionStatus', 'int8'),
          field('transactionPartitions', listOf([field('topic', 'string'), field('partitionIds', listOf('int32'))]), {
            isNullable: true,
          }),
          field('transactionLastUpdateTimestampMs', 'int64'),
          field('transactionStartTimestampMs', 'int64'),
          field('clientTransactionVersion', 'int16', { since: 1, tag: 2 }),
        ],
      },
    },
  ],
])

const SHARE_PARTITION = [field('groupId', 'string'), field('topicId', 'uuid'), field('partition', 'int32')]

const STATE_BATCHES = listOf([
  field('firstOffset', 'int64'),
  field('lastOffset', 'int64'),
  field('deliveryState', 'int8'),
  field('deliveryCount', 'int16'),
])

/** The records of `__share_group_state`, by the number of their kind. */
export const shareStateRecords: ReadonlyMap<number, RecordKind> = new Map([
  [
    0,
    recordKind('ShareSnapshot', SHARE_PARTITION, [
      field('snapshotEpoch', 'int32'),
      field('stateEpoch', 'int32'),
      field('leaderEpoch', 'int32'),
      field('startOffset', 'int64'),
      field('deliveryCompleteCount', 'int32', { tag: 0 }),
      field('createTimestamp', 'int64'),
      field('writeTimestamp', 'int64'),
      field('stateBatches', STATE_BATCHES),
    ]),
  ],
  [
    1,
    recordKind('ShareUpdate', SHARE_PARTITION, [
      field('snapshotEpoch', 'int32'),
      field('leaderEpoch', 'int32'),
      field('startOffset', 'int64'),
      field('deliveryCompleteCount', 'int32', { tag: 0 }),
      field('stateBatches', STATE_BATCHES),
    ]),
  ],
])
