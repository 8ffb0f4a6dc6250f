import { KafkaError } from '../../../kafka/errors/kafka-error.ts'

/** A compression format. Works on whole buffers, off the event loop if the library can. */
export interface Codec {
  compress(bytes: Buffer): Promise<Buffer>
  /**
   * Never allocates much more than `maxBytes`, whatever the input declares or contains.
   * @throws KafkaError DECODE_LIMIT above `maxBytes`, CORRUPT_MESSAGE if the input is damaged.
   */
  decompress(bytes: Buffer, maxBytes: number): Promise<Buffer>
}

/** The error for a batch that decompresses to more than the limit. */
export const tooLarge = (maxBytes: number): KafkaError =>
  new KafkaError('DECODE_LIMIT', `the record batch decompresses to more than ${maxBytes} bytes`, {
    details: { maxDecompressedBytes: maxBytes },
  })

/** The error for invalid compressed bytes. The library's error becomes its cause. */
export const corrupt = (what: string, cause?: unknown): KafkaError =>
  new KafkaError('CORRUPT_MESSAGE', `the record batch cannot be decompressed: ${what}`, { cause })
