import type { TopicDescription } from '../../../kafka/cluster.ts'
import type { EpochMs } from '../../../kafka/epoch-ms.ts'
import { asKafkaError, isFailure, KafkaError, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import type { Offset } from '../../../kafka/offset.ts'
import type { Catalog } from '../../../kafka/ports/catalog.ts'
import { LogFaultError, type LogId, type LogSource } from '../../../kafka/ports/log-source.ts'
import type { MessagePosition, MessageTimes } from '../../../kafka/ports/message-times.ts'
import { leftMs } from '../../transport/call-bounds.ts'
import type { MessageTimesLimits } from './message-times-limits.ts'

/** Dependencies of MessageTimes. */
export interface MessageTimesParts {
  readonly catalog: Pick<Catalog, 'describeTopics'>
  readonly source: Pick<LogSource, 'read'>
  readonly limits: MessageTimesLimits
}

/** Maximum reads without a message, such as of batches that compaction emptied. */
const MAX_READS = 8

/** The next offset to read, or the result. */
type Step = { readonly next: Offset } | { readonly found: EpochMs | null }

const step = async (read: ReturnType<LogSource['read']>, offset: Offset): Promise<Step> => {
  try {
    const { messages, next, endOffset } = await read
    const [first] = messages
    if (first) return { found: first.timestamp < 0 ? null : first.timestamp }
    return next <= offset || next >= endOffset ? { found: null } : { next }
  } catch (thrown) {
    if (!(thrown instanceof LogFaultError)) throw thrown
    const { fault } = thrown
    if (fault.kind === 'below') return { next: fault.logStartOffset }
    if (fault.kind === 'undecodable' || fault.kind === 'refused') throw fault.error
    return { found: null }
  }
}

const late = (): KafkaError => new KafkaError('REQUEST_TIMED_OUT', 'The message was not read in time.')

/** Reads one record batch per position. */
export const createMessageTimes = ({ catalog, source, limits }: MessageTimesParts): MessageTimes => {
  const { deadlineMs, concurrency, maxBytes } = limits

  const timestampFrom = async (log: LogId, start: Offset, signal: AbortSignal): Promise<EpochMs | null> => {
    let offset = start
    for (let reads = 0; reads < MAX_READS; reads++) {
      const request = { log, isolationLevel: 'READ_UNCOMMITTED', offset, maxBytes, maxWaitMs: 0 } as const
      const result = await step(source.read(request, signal), offset)
      if ('found' in result) return result.found
      offset = result.next
    }
    return null
  }

  const outcomeOf = async (
    { topic, partition, offset }: MessagePosition,
    described: Outcome<TopicDescription> | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<EpochMs | null>> => {
    if (signal.aborted) return late()
    if (described === undefined) return null
    if (isFailure(described)) return described.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? null : described
    try {
      return await timestampFrom({ topic, topicId: described.topicId, partition }, offset, signal)
    } catch (thrown) {
      return signal.aborted ? late() : asKafkaError(thrown)
    }
  }

  return {
    async firstTimestamps(call, positions) {
      const { signal } = call
      const deadline = AbortSignal.timeout(leftMs(call, deadlineMs))
      const bound = signal ? AbortSignal.any([signal, deadline]) : deadline
      const names = [...new Set(positions.map(({ topic }) => topic))]
      const described = await catalog.describeTopics(call, names)
      const byName = new Map(names.map((name, index) => [name, described[index]]))
      const outcomes: Outcome<EpochMs | null>[] = []
      const open = positions.entries()
      const work = async () => {
        for (const [index, position] of open) {
          outcomes[index] = await outcomeOf(position, byName.get(position.topic), bound)
        }
      }
      await Promise.all(Array.from({ length: Math.min(concurrency, positions.length) }, work))
      signal?.throwIfAborted()
      return outcomes
    },
  }
}
