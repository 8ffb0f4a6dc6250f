import { type EpochMs, knownEpochMs } from '../../../kafka/epoch-ms.ts'
import { groupedBy } from '../../../kafka/grouped-by.ts'
import type { Acks } from '../../../kafka/message.ts'
import { partitionKey } from '../../../kafka/topic-partition.ts'
import { type ApiRequest, pickVersion } from '../../wire/api-request.ts'
import type { ByteReader } from '../../wire/byte-reader.ts'
import type { ByteWriter } from '../../wire/byte-writer.ts'
import type { ApiVersions } from '../../wire/spoken-versions.ts'

/** One partition's record batch in a Produce request. */
export interface ProducePartition {
  readonly topic: string
  readonly topicId: string
  readonly partition: number
  /** One record batch, magic 2. */
  readonly records: Buffer
}

/** A message that caused the refusal of its whole batch. */
export interface RecordError {
  /** Its index in the batch, from 0. */
  readonly batchIndex: number
  readonly message: string | null
}

/** A broker's response for one partition's batch. */
export interface ProducePartitionAnswer {
  readonly partition: number
  readonly errorCode: number
  /** Offset of the batch's first message; -1 if nothing was appended. */
  readonly baseOffset: bigint
  /** Null unless the topic uses LogAppendTime. */
  readonly logAppendTime: EpochMs | null
  readonly recordErrors: readonly RecordError[]
  readonly errorMessage: string | null
}

/** Responses by `partitionKey` of topic (id from version 13 on, otherwise name) and partition. */
export type ProduceAnswer = ReadonlyMap<string, ProducePartitionAnswer>

/** The content of a Produce request. */
export interface ProduceBody {
  readonly acks: Acks
  /** Null outside transactions. */
  readonly transactionalId: string | null
  /** How long the leader waits for the in-sync replicas, ms. */
  readonly timeoutMs: number
  readonly partitions: readonly ProducePartition[]
}

const API_KEY = 0
/**
 * From this version on, requests name topics by id, so nothing can be written to a recreated topic of the same name.
 */
const BY_ID = 13
/** 9 (Kafka 2.4) is flexible and returns record errors. We use nothing that 10 to 12 add. */
const VERSIONS = [9, BY_ID]
/**
 * From 12 on a broker adds partitions to the transaction by itself, even after its end. Here AddPartitionsToTxn must
 * decide.
 */
const TRANSACTIONAL_VERSIONS = [9, 11]
const ACKS: Readonly<Record<Acks, number>> = { NONE: 0, LEADER: 1, ALL: -1 }

/** How a request of this version names the topic. */
export const topicReference = (version: number, { topic, topicId }: ProducePartition): string =>
  version >= BY_ID ? topicId : topic

const writePartition = (writer: ByteWriter, { partition, records }: ProducePartition): void => {
  writer
    .int32(partition)
    .uvarint(records.length + 1)
    .raw(records)
    .noTags()
}

const readRecordError = (reader: ByteReader): RecordError => {
  const error = { batchIndex: reader.int32(), message: reader.compactString() }
  reader.skipTags()
  return error
}

const readPartition = (reader: ByteReader): ProducePartitionAnswer => {
  const partition = reader.int32()
  const errorCode = reader.int16()
  const baseOffset = reader.int64()
  const logAppendTime = knownEpochMs(reader.int64())
  reader.int64() // log start offset
  const recordErrors = reader.compactArray(() => readRecordError(reader))
  const errorMessage = reader.compactString()
  reader.skipTags()
  return { partition, errorCode, baseOffset, logAppendTime, recordErrors, errorMessage }
}

const readAnswer = (reader: ByteReader, version: number): ProduceAnswer => {
  const answers = new Map<string, ProducePartitionAnswer>()
  reader.compactArray(() => {
    const topic = version >= BY_ID ? reader.uuid() : (reader.compactString() ?? '')
    for (const answer of reader.compactArray(() => readPartition(reader))) {
      answers.set(partitionKey({ topic, partition: answer.partition }), answer)
    }
    reader.skipTags()
  })
  reader.throttleTime()
  return answers
}

/**
 * A Produce request in the newest suitable version, with one batch per partition. @throws KafkaError
 * UNSUPPORTED_VERSION.
 */
export const produceRequest = (spoken: ApiVersions, body: ProduceBody): ApiRequest<ProduceAnswer> => {
  const versions = body.transactionalId === null ? VERSIONS : TRANSACTIONAL_VERSIONS
  const apiVersion = pickVersion(spoken, API_KEY, 'Produce', versions)
  return {
    apiKey: API_KEY,
    apiName: 'Produce',
    apiVersion,
    isFlexible: true,
    expectsResponse: body.acks !== 'NONE',
    encode: writer => {
      writer.compactString(body.transactionalId).int16(ACKS[body.acks]).int32(body.timeoutMs)
      const topics = groupedBy(body.partitions, one => topicReference(apiVersion, one))
      writer.compactArray([...topics], ([name, partitions]) => {
        if (apiVersion >= BY_ID) writer.uuid(name)
        else writer.compactString(name)
        writer.compactArray(partitions, one => writePartition(writer, one)).noTags()
      })
      writer.noTags()
    },
    decode: reader => readAnswer(reader, apiVersion),
  }
}
