import { enumType } from '../core/schema-part.ts'

export const IsolationLevelEnum = enumType('IsolationLevel', {
  description: 'Which transactional messages a reader sees.',
  values: {
    READ_UNCOMMITTED: {
      description: 'All messages up to the high watermark, including those of open and aborted transactions.',
    },
    READ_COMMITTED: {
      description:
        'Only messages of committed transactions and those outside transactions, up to the last stable offset. That is the start of the oldest open transaction.',
    },
  } as const,
})
