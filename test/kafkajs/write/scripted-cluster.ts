import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { MetadataTopic } from '../../../src/kafkajs/requests/cluster/metadata.ts'
import { LeaderTable } from '../../../src/kafkajs/transport/leader-table.ts'
import { pause } from '../../../src/kafkajs/transport/wait.ts'
import type { ApiRequest } from '../../../src/kafkajs/wire/api-request.ts'
import { ByteReader } from '../../../src/kafkajs/wire/byte-reader.ts'
import { ByteWriter } from '../../../src/kafkajs/wire/byte-writer.ts'
import type { ProduceCluster, ProduceLink } from '../../../src/kafkajs/write/senders/produce-cluster.ts'
import { scriptedPartition } from '../transport/scripted-broker.ts'
import { type BatchReply, LogModel, type SeenBatch, seeBatch } from './broker-model.ts'
import { TOPIC } from './outgoing.ts'

/** The fate of a batch: a response, a broken connection, or silence. */
export type Fate = BatchReply | 'cut' | 'silence'

/** Decides the fate of one batch. `append` adds it to the model's log, like Kafka. */
export type Script = (batch: SeenBatch, append: () => BatchReply) => Fate | Promise<Fate>

/** Answers all requests other than Produce and a plain InitProducerId: with a body, a broken connection, or silence. */
export type OtherAnswers = (asked: {
  readonly apiKey: number
  readonly nodeId: number | null
  readonly body: Buffer
}) => Promise<Buffer | 'cut' | 'silence'>

const TOPIC_ID = '00000000-0000-0000-0000-00000000000a'
const PRODUCE = 0

/** A cluster of scripted brokers. Requests are really encoded and decoded; only the sockets are missing. */
export class ScriptedCluster implements ProduceCluster {
  readonly leaders = new LeaderTable()
  readonly seen: SeenBatch[] = []
  /** Produce requests, however many batches they carried. */
  requests = 0
  script: Script = (_, append) => append()
  others: OtherAnswers | null = null
  partitionCount = 1
  leader = 1
  topicExists = true
  isUp = true
  refreshes = 0
  producerIds = 0
  unsentBytes = 0
  /** Lookups of a leader's address that found none. */
  addressesMissed = 0
  /** Batches that had to wait because the broker reads nothing. */
  heldBack = 0
  /** Node ids that lead partitions but are not listed as brokers. */
  readonly hidden = new Set<number>()
  /** Until when the brokers do not read, epoch ms. */
  throttledUntil = 0
  maxVersion = 13
  topicId = TOPIC_ID
  readonly #logs = new Map<number, LogModel>()
  readonly #links = new Map<string, ScriptedLink>()

  readonly links = {
    get: async (address: string): Promise<ProduceLink> => {
      if (!this.isUp) throw new KafkaError('KAFKA_UNAVAILABLE', 'no connection')
      let link = this.#links.get(address)
      if (!link?.isAlive) {
        link = new ScriptedLink(this, Number(address.split(':')[1]))
        this.#links.set(address, link)
      }
      return link
    },
  }

  addressOf(nodeId: number): string | undefined {
    if (!this.hidden.has(nodeId)) return `broker:${nodeId}`
    this.addressesMissed += 1
    return undefined
  }

  troubleWith(): KafkaError | null {
    return this.isUp ? null : new KafkaError('KAFKA_UNAVAILABLE', 'no connection')
  }

  log(partition = 0): LogModel {
    let log = this.#logs.get(partition)
    if (log === undefined) {
      log = new LogModel()
      this.#logs.set(partition, log)
    }
    return log
  }

  async refresh(topics: readonly string[]): Promise<void> {
    this.refreshes++
    if (!this.isUp) throw new KafkaError('KAFKA_UNAVAILABLE', 'no broker answers')
    this.leaders.learn(topics.map(name => this.#describe(name)))
  }

  /** Moves every partition to another broker and notifies listeners. */
  moveTo(nodeId: number): void {
    this.leader = nodeId
    this.leaders.learn([this.#describe(TOPIC)])
  }

  refreshSoon(): void {
    if (this.isUp) this.leaders.learn([this.#describe(TOPIC)])
  }

  async askAny<T>(make: () => ApiRequest<T>): Promise<T> {
    if (!this.isUp) throw new KafkaError('KAFKA_UNAVAILABLE', 'no broker answers')
    const request = make()
    const scripted = await this.others?.({ apiKey: request.apiKey, nodeId: null, body: encoded(request) })
    if (Buffer.isBuffer(scripted)) return request.decode(new ByteReader(scripted))
    const answer = new ByteWriter()
      .int32(0)
      .int16(0)
      .int64(BigInt(++this.producerIds))
      .int16(0)
      .noTags()
    return request.decode(new ByteReader(answer.toBuffer()))
  }

  #describe(name: string): MetadataTopic {
    const about = { name, isInternal: false, authorizedOperations: 0 }
    if (!this.topicExists) return { ...about, errorCode: 3, topicId: TOPIC_ID, partitions: [] }
    const partitions = Array.from({ length: this.partitionCount }, (_, partition) =>
      scriptedPartition(partition, this.leader),
    )
    return { ...about, errorCode: 0, topicId: this.topicId, partitions }
  }
}

const encoded = (request: ApiRequest<unknown>): Buffer => {
  const writer = new ByteWriter()
  request.encode(writer)
  return Buffer.from(writer.toBuffer())
}

class ScriptedLink implements ProduceLink {
  isAlive = true
  readonly #cluster: ScriptedCluster
  readonly #nodeId: number
  #fail: (error: Error) => void = () => {}
  readonly #failure = new Promise<never>((_, reject) => {
    this.#fail = reject
  })

  constructor(cluster: ScriptedCluster, nodeId: number) {
    this.#cluster = cluster
    this.#nodeId = nodeId
    this.#failure.catch(() => {})
  }

  get versions() {
    return { [PRODUCE]: { minVersion: 0, maxVersion: this.#cluster.maxVersion } }
  }

  async untilUnthrottled(withinMs: number): Promise<void> {
    const throttledMs = Math.max(this.#cluster.throttledUntil - Date.now(), 0)
    if (throttledMs > 0) this.#cluster.heldBack += 1
    if (throttledMs > withinMs) throw new KafkaError('THROTTLING_QUOTA_EXCEEDED')
    await pause(throttledMs)
  }

  get unsentBytes(): number {
    return this.#cluster.unsentBytes
  }

  destroy(reason: KafkaError): void {
    this.isAlive = false
    this.#fail(reason)
  }

  async call<T>(request: ApiRequest<T>, idleMs: number): Promise<T> {
    this.#cluster.requests++
    const timer = setTimeout(() => this.destroy(new KafkaError('KAFKA_UNAVAILABLE', 'silent')), idleMs)
    try {
      return await Promise.race([this.#answer(request, encoded(request)), this.#failure])
    } finally {
      if (request.expectsResponse === false || this.isAlive) clearTimeout(timer)
    }
  }

  async #answer<T>(request: ApiRequest<T>, body: Buffer): Promise<T> {
    if (request.apiKey !== PRODUCE) return this.#answerOther(request, body)
    const batches = await readProduce(request.apiVersion, new ByteReader(body), this.#nodeId)
    const replies: [SeenBatch, BatchReply][] = []
    for (const batch of batches) {
      this.#cluster.seen.push(batch)
      const log = this.#cluster.log(batch.partition)
      const fate = await this.#cluster.script(batch, () => log.append(batch))
      if (fate === 'cut' || fate === 'silence') return this.#noAnswer(fate)
      replies.push([batch, fate])
    }
    const written = writeAnswer(request.apiVersion, replies)
    return request.decode(new ByteReader(written))
  }

  async #answerOther<T>({ apiKey, decode }: ApiRequest<T>, body: Buffer): Promise<T> {
    const answer = (await this.#cluster.others?.({ apiKey, nodeId: this.#nodeId, body })) ?? 'silence'
    return Buffer.isBuffer(answer) ? decode(new ByteReader(answer)) : this.#noAnswer(answer)
  }

  #noAnswer(fate: 'cut' | 'silence'): Promise<never> {
    if (fate === 'cut') this.destroy(new KafkaError('KAFKA_UNAVAILABLE', 'cut'))
    return new Promise<never>(() => {})
  }
}

const readProduce = async (version: number, reader: ByteReader, nodeId: number): Promise<SeenBatch[]> => {
  reader.compactString()
  const acks = reader.int16()
  reader.int32()
  const found = reader.compactArray(() => {
    const topic = version >= 13 ? reader.uuid() : (reader.compactString() ?? '')
    const partitions = reader.compactArray(() => {
      const partition = reader.int32()
      const records = reader.raw(reader.uvarint() - 1)
      reader.skipTags()
      return { topic, partition, records }
    })
    reader.skipTags()
    return partitions
  })
  reader.skipTags()
  const flat = found.flat()
  return Promise.all(flat.map(({ records, ...at }) => seeBatch({ ...at, acks, nodeId }, records)))
}

const writeAnswer = (version: number, replies: readonly (readonly [SeenBatch, BatchReply])[]): Buffer => {
  const writer = new ByteWriter()
  writer.compactArray(replies, ([{ topic, partition }, reply]) => {
    if (version >= 13) writer.uuid(topic)
    else writer.compactString(topic)
    writer.compactArray([reply], () => {
      writer
        .int32(partition)
        .int16(reply.errorCode)
        .int64(reply.baseOffset ?? -1n)
      writer.int64(BigInt(reply.logAppendTime ?? -1)).int64(0n)
      writer.compactArray(reply.recordErrors ?? [], ({ batchIndex, message }) =>
        writer.int32(batchIndex).compactString(message).noTags(),
      )
      writer.compactString(reply.errorMessage ?? null).noTags()
    })
    writer.noTags()
  })
  return writer.int32(0).noTags().toBuffer()
}
