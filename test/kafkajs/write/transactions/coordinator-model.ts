import { ByteReader } from '../../../../src/kafkajs/wire/byte-reader.ts'
import { ByteWriter } from '../../../../src/kafkajs/wire/byte-writer.ts'
import type { OtherAnswers } from '../scripted-cluster.ts'

/** The requests to a coordinator. */
export type Asked = 'FindCoordinator' | 'InitProducerId' | 'AddPartitionsToTxn' | 'EndTxn'

/** What happens to a request instead of success: an error code, or a lost request or response. */
export type CoordinatorFate = number | 'answer lost' | 'request lost' | 'silence'

const NAMES: Readonly<Record<number, Asked>> = {
  10: 'FindCoordinator',
  22: 'InitProducerId',
  24: 'AddPartitionsToTxn',
  26: 'EndTxn',
}
const [INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE, CONCURRENT_TRANSACTIONS] = [47, 48, 51]

interface Held {
  epoch: number
  state: 'EMPTY' | 'ONGOING' | 'COMMITTED' | 'ABORTED'
}

/** A model of Kafka's transaction coordinator: one transaction per id, and only the newest epoch may continue. */
export class CoordinatorModel {
  /** Requests by name, in order of arrival; FindCoordinator without the broker, others with it. */
  readonly asked: string[] = []
  nodeId = 1
  commits = 0
  aborts = 0
  /** Decides the fate of a request. Undefined lets it succeed. */
  script: (asked: Asked) => CoordinatorFate | undefined = () => undefined
  /** Error codes that AddPartitionsToTxn returns, by partition. */
  refused: Readonly<Record<number, number>> = {}
  readonly #held = new Map<string, Held>()

  readonly answer: OtherAnswers = async ({ apiKey, nodeId, body }) => {
    const name = NAMES[apiKey]
    if (name === undefined) return 'silence'
    this.asked.push(nodeId === null ? name : `${name}@${nodeId}`)
    const fate = this.script(name)
    if (fate === 'silence') return 'silence'
    if (fate === 'request lost') return 'cut'
    const reader = new ByteReader(body)
    if (typeof fate === 'number') return this.#write(name, reader, fate)
    const answer = this.#write(name, reader, null)
    return fate === 'answer lost' ? 'cut' : answer
  }

  /** Number of ids with an open transaction. */
  get ongoing(): number {
    return [...this.#held.values()].filter(({ state }) => state === 'ONGOING').length
  }

  #write(name: Asked, reader: ByteReader, refusal: number | null): Buffer {
    if (name === 'FindCoordinator') return this.#found(reader, refusal ?? 0)
    const held = this.#heldBy(reader.compactString() ?? '')
    const writer = new ByteWriter().int32(0)
    if (name === 'InitProducerId') {
      const errorCode = refusal ?? this.#init(held)
      return writer.int16(errorCode).int64(7n).int16(held.epoch).noTags().toBuffer()
    }
    reader.int64()
    const fenced = reader.int16() === held.epoch ? null : INVALID_PRODUCER_EPOCH
    if (name === 'EndTxn') {
      return writer
        .int16(refusal ?? fenced ?? this.#commit(held))
        .noTags()
        .toBuffer()
    }
    return this.#added(reader, writer, held, refusal ?? fenced)
  }

  #heldBy(transactionalId: string): Held {
    const held = this.#held.get(transactionalId) ?? { epoch: -1, state: 'EMPTY' as const }
    this.#held.set(transactionalId, held)
    return held
  }

  #init(held: Held): number {
    if (held.state === 'ONGOING') {
      held.state = 'ABORTED'
      held.epoch++
      this.aborts++
      return CONCURRENT_TRANSACTIONS
    }
    held.state = 'EMPTY'
    held.epoch++
    return 0
  }

  #commit(held: Held): number {
    if (held.state === 'COMMITTED') return 0
    if (held.state !== 'ONGOING') return INVALID_TXN_STATE
    held.state = 'COMMITTED'
    this.commits++
    return 0
  }

  #added(reader: ByteReader, writer: ByteWriter, held: Held, refusal: number | null): Buffer {
    const topics = reader.compactArray(() => {
      const topic = reader.compactString()
      const partitions = reader.compactArray(() => reader.int32())
      reader.skipTags()
      return { topic, partitions }
    })
    const errorOf = (partition: number) => refusal ?? this.refused[partition] ?? 0
    if (topics.every(({ partitions }) => partitions.every(one => errorOf(one) === 0))) held.state = 'ONGOING'
    writer.compactArray(topics, ({ topic, partitions }) => {
      writer.compactString(topic)
      writer.compactArray(partitions, one => writer.int32(one).int16(errorOf(one)).noTags()).noTags()
    })
    return writer.noTags().toBuffer()
  }

  #found(reader: ByteReader, errorCode: number): Buffer {
    reader.int8()
    const keys = reader.compactArray(() => reader.compactString())
    const writer = new ByteWriter().int32(0)
    writer.compactArray(keys, key => {
      writer.compactString(key).int32(this.nodeId).compactString('broker').int32(this.nodeId)
      writer.int16(errorCode).compactString(null).noTags()
    })
    return writer.noTags().toBuffer()
  }
}
