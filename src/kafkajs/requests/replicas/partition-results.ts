import type { ByteReader } from '../../wire/byte-reader.ts'

/** The result of one partition of a change. */
export interface PartitionResult {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** What became of a change of a group's offsets: an error of the whole, or one result for each partition. */
export interface GroupOffsetsResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly partitions: readonly PartitionResult[]
}

const readTopic = (reader: ByteReader): readonly PartitionResult[] => {
  const topic = reader.compactString() ?? ''
  const results = reader.compactArray(() => {
    const partition = reader.int32()
    const result = { topic, partition, errorCode: reader.int16(), errorMessage: reader.compactString() }
    reader.skipTags()
    return result
  })
  reader.skipTags()
  return results
}

/** Reads the results of a change of partitions, topic by topic. */
export const readPartitionResults = (reader: ByteReader): readonly PartitionResult[] =>
  reader.compactArray(() => readTopic(reader)).flat()
