import type { StoredMessage } from '../../../src/kafka/message.ts'
import { FIELD } from '../../../src/kafkajs/records/parts/batch-header.ts'
import { decode } from '../records/batches.ts'

/** A record batch as received by a broker. */
export interface SeenBatch {
  readonly topic: string
  readonly partition: number
  readonly acks: number
  readonly nodeId: number
  readonly records: Buffer
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly messages: readonly StoredMessage[]
  readonly values: readonly string[]
}

/** A broker's response for one batch. */
export interface BatchReply {
  readonly errorCode: number
  readonly baseOffset?: bigint
  readonly logAppendTime?: number
  readonly recordErrors?: readonly { readonly batchIndex: number; readonly message: string | null }[]
  readonly errorMessage?: string | null
}

interface Appended {
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly sequence: number
  readonly count: number
  readonly baseOffset: bigint
}

/** Number of batches that Kafka remembers per producer. */
const REMEMBERED = 5

/** Reads a batch's header and messages. */
export const seeBatch = async (
  at: Pick<SeenBatch, 'topic' | 'partition' | 'acks' | 'nodeId'>,
  records: Buffer,
): Promise<SeenBatch> => {
  const { messages } = await decode(records)
  return {
    ...at,
    records,
    producerId: records.readBigInt64BE(FIELD.producerId),
    producerEpoch: records.readInt16BE(FIELD.producerEpoch),
    baseSequence: records.readInt32BE(FIELD.baseSequence),
    messages,
    values: messages.map(({ value }) => String(value)),
  }
}

/** A model of one partition's log that accepts each producer sequence once, like a Kafka broker. */
export class LogModel {
  readonly values: string[] = []
  readonly #appended: Appended[] = []

  /** Appends the batch, or returns the error. */
  append({ producerId, producerEpoch, baseSequence, values }: SeenBatch): BatchReply {
    if (producerId >= 0n) {
      const mine = this.#appended.filter(one => one.producerId === producerId && one.producerEpoch === producerEpoch)
      const before = mine.slice(-REMEMBERED).find(one => one.sequence === baseSequence && one.count === values.length)
      if (before) return { errorCode: 0, baseOffset: before.baseOffset }
      const last = mine.at(-1)
      const expected = last === undefined ? 0 : (last.sequence + last.count) % 2 ** 31
      if (baseSequence !== expected) return { errorCode: 45 }
    }
    const baseOffset = BigInt(this.values.length)
    this.#appended.push({ producerId, producerEpoch, sequence: baseSequence, count: values.length, baseOffset })
    this.values.push(...values)
    return { errorCode: 0, baseOffset }
  }
}
