import type { ByteReader } from './byte-reader.ts'

/** The result of one partition of a change. */
export interface PartitionResult {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly errorMessage: string | null
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
