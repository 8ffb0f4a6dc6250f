import { KafkaError } from '../../kafka/kafka-error.ts'

/** One compression format: whole buffers in, whole buffers out, off the event loop where the library can. */
export interface Codec {
  compress(bytes: Buffer): Promise<Buffer>
  /**
   * Never allocates much more than `maxBytes`, whatever the input claims or holds.
   * @throws KafkaError DECODE_LIMIT above `maxBytes`, CORRUPT_MESSAGE when the input is damaged.
   */
  decompress(bytes: Buffer, maxBytes: number): Promise<Buffer>
}

/** The error for a batch that expands beyond the limit. */
export const tooLarge = (maxBytes: number): KafkaError =>
  new KafkaError('DECODE_LIMIT', `the record batch decompresses to more than ${maxBytes} bytes`, {
    details: { maxDecompressedBytes: maxBytes },
  })

/** The error for compressed bytes that make no sense; a library's own error becomes its cause. */
export const corrupt = (what: string, cause?: unknown): KafkaError =>
  new KafkaError('CORRUPT_MESSAGE', `the record batch cannot be decompressed: ${what}`, { cause })
