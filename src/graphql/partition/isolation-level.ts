import { enumType } from '../schema-part.ts'

/** Which messages of transactions a reader sees. */
export const IsolationLevelEnum = enumType('IsolationLevel', {
  description: 'Which messages of transactions a reader sees.',
  values: {
    READ_UNCOMMITTED: {
      description: 'All messages up to the high watermark, those of open and aborted transactions included.',
    },
    READ_COMMITTED: {
      description:
        'Only messages outside of transactions and of committed ones, up to the last stable offset: where the oldest open transaction begins.',
    },
  } as const,
})
