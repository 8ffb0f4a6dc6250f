import { KafkaError } from '../../kafka/errors/kafka-error.ts'

/** Bounds of what waits for a client. */
export interface SendLimits {
  /** Bytes waiting for one client beyond which its operations are not pulled. */
  readonly bufferBytes: number
  /** How long a client may take nothing while that many wait, ms. */
  readonly stallMs: number
}

/** The error of a client that has taken nothing for `stallMs`; the stream adds the cursor to go on from. */
export const tooSlow = (stallMs: number): KafkaError =>
  new KafkaError(
    'SUBSCRIBER_TOO_SLOW',
    `nothing was read for ${stallMs} ms: subscribe again with the cursor as "after"`,
  )
