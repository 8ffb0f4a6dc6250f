import type { TopicDescription } from '../../kafka/cluster.ts'
import type { CursorCoverage } from '../../kafka/cursor/cursor-codec.ts'
import { invalidRequest } from '../../kafka/cursor/stream-errors.ts'
import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { StreamPosition, StreamRequest } from '../../kafka/ports/message-streams.ts'

/** The partitions that a stream reads, ascending. With coverage `all`, partitions created later join. */
export interface Selection {
  readonly coverage: CursorCoverage
  readonly partitions: readonly number[]
}

const listedBy = (position: StreamPosition): readonly number[] | null =>
  position.kind === 'offsets' ? position.offsets.map(({ partition }) => partition) : null

const assertExist = (partitions: readonly number[], { name, partitions: existing }: TopicDescription): void => {
  for (const partition of partitions)
    if (!Number.isInteger(partition) || partition < 0 || partition >= existing.length)
      throw new KafkaError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `${name} has no partition ${partition}: it has ${existing.length}, numbered from 0.`,
        { details: { partition, partitionCount: existing.length } },
      )
}

/** The partitions that a request selects. @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION, INVALID_REQUEST. */
export const selectPartitions = (
  request: Pick<StreamRequest, 'from' | 'to' | 'partitions'>,
  topic: TopicDescription,
): Selection => {
  const fromOffsets = listedBy(request.from)
  if (fromOffsets !== null && new Set(fromOffsets).size < fromOffsets.length)
    throw invalidRequest('The start offsets list a partition twice.')
  for (const partitions of [request.partitions, fromOffsets, request.to && listedBy(request.to)])
    if (partitions !== null) assertExist(partitions, topic)
  const chosen = request.partitions
  const stray = chosen && fromOffsets?.find(partition => !chosen.includes(partition))
  if (stray !== null && stray !== undefined)
    throw invalidRequest(`The start offsets name partition ${stray}, which is not among the selected partitions.`)
  const listed = fromOffsets ?? chosen
  if (listed === null) return { coverage: 'all', partitions: topic.partitions.map(({ partition }) => partition) }
  if (listed.length === 0) throw invalidRequest('The list of partitions is empty; leave it out to read all partitions.')
  return { coverage: 'listed', partitions: [...new Set(listed)].sort((a, b) => a - b) }
}
