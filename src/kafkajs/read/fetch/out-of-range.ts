import { isFailure, type Outcome } from '../../../kafka/errors/kafka-error.ts'
import { isPermanent } from '../../../kafka/errors/permanent-error.ts'
import { type Offset, toOffset } from '../../../kafka/offset.ts'
import type { OffsetFound, OffsetRequest } from '../../../kafka/ports/catalog.ts'
import type { LogFault } from '../../../kafka/ports/log-source.ts'
import type { LogPosition } from './log-position.ts'

/** Looks up offsets, like Catalog.listOffsets. */
export type ListOffsets = (
  requests: readonly OffsetRequest[],
  signal: AbortSignal,
) => Promise<readonly Outcome<OffsetFound>[]>

/**
 * A new leader's high watermark may lag briefly. A position beyond the end is accepted as such after this time, in ms.
 */
const BEYOND_MS = 5000

const offsetOf = (found: Outcome<OffsetFound> | undefined): Offset | null =>
  found === undefined || isFailure(found) ? null : found.offset

/** The fault of a lookup that can never succeed; null for any other outcome. */
export const refusalOf = (found: Outcome<OffsetFound> | undefined): LogFault | null =>
  found !== undefined && isFailure(found) && isPermanent(found) ? { kind: 'refused', error: found } : null

/** Where a position reported as out of range is relative to the log; null while that is uncertain. */
export const classifyOutOfRange = async (
  position: LogPosition,
  listOffsets: ListOffsets,
  signal: AbortSignal,
): Promise<LogFault | null> => {
  const { topic, partition } = position.log
  const { isolationLevel } = position
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
  if (position.offset < logStartOffset) return { kind: 'below', logStartOffset, endOffset: toOffset(endOffset) }
  if (position.offset <= endOffset) return null
  position.beyondSince ??= performance.now()
  return performance.now() - position.beyondSince < BEYOND_MS ? null : { kind: 'beyond', logStartOffset, endOffset }
}
