import { isFailure, type Outcome } from '../../kafka/kafka-error.ts'
import { type Offset, toOffset } from '../../kafka/offset.ts'
import { isPermanent } from '../../kafka/permanent-error.ts'
import type { OffsetFound, OffsetRequest } from '../../kafka/ports/catalog.ts'
import type { LogFault } from '../../kafka/ports/log-source.ts'
import type { LogCursor } from './log-cursor.ts'

/** Finds offsets of partitions, as Catalog.listOffsets. */
export type ListOffsets = (
  requests: readonly OffsetRequest[],
  signal: AbortSignal,
) => Promise<readonly Outcome<OffsetFound>[]>

/** A new leader's high watermark may lag behind for a moment: a position beyond the end is believed after this long, ms. */
const BEYOND_MS = 5000

const offsetOf = (found: Outcome<OffsetFound> | undefined): Offset | null =>
  found === undefined || isFailure(found) ? null : found.offset

/** The fault of a question that will never be answered; null for any other outcome. */
export const refusalOf = (found: Outcome<OffsetFound> | undefined): LogFault | null =>
  found !== undefined && isFailure(found) && isPermanent(found) ? { kind: 'refused', error: found } : null

/** Where a cursor that the broker called out of range stands against the log; null when that is not certain yet. */
export const classifyOutOfRange = async (
  cursor: LogCursor,
  listOffsets: ListOffsets,
  signal: AbortSignal,
): Promise<LogFault | null> => {
  const { topic, partition } = cursor.log
  const { isolationLevel } = cursor
  const [first, last] = await listOffsets(
    [
      { topic, partition, isolationLevel, at: 'earliest' },
      { topic, partition, isolationLevel, at: 'latest' },
    ],
    signal,
  )
  const refusal = refusalOf(first) ?? refusalOf(last)
  if (refusal !== null) return refusal
  const logStartOffset = offsetOf(first)
  if (logStartOffset === null) return null
  const endOffset = offsetOf(last) ?? logStartOffset
  if (cursor.offset < logStartOffset) return { kind: 'below', logStartOffset, endOffset: toOffset(endOffset) }
  if (cursor.offset <= endOffset) return null
  cursor.beyondSince ??= performance.now()
  return performance.now() - cursor.beyondSince < BEYOND_MS ? null : { kind: 'beyond', logStartOffset, endOffset }
}
