import fc from 'fast-check'
import type { BatchMessage } from '../../../src/kafkajs/records/parts/batch-message.ts'
import { TYPES } from './batches.ts'

const bytes = fc.oneof(fc.constant(null), fc.uint8Array({ maxLength: 300 }).map(Buffer.from))
const timestamp = fc.oneof(
  fc.constant(-1),
  fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }),
  fc.integer({ min: 0, max: 2 ** 51 }),
)
const header = fc.record({ key: fc.string({ unit: 'grapheme', maxLength: 20 }), value: bytes })

/** Any message that a batch can hold. */
export const anyMessage: fc.Arbitrary<BatchMessage> = fc.record({
  key: bytes,
  value: bytes,
  headers: fc.array(header, { maxLength: 5 }),
  timestamp,
})

/** Any messages for one batch. */
export const anyMessages = fc.array(anyMessage, { minLength: 1, maxLength: 40 })

/** Any compression type. */
export const anyType = fc.constantFrom(...TYPES)
