import type { Cursor } from '../../kafka/cursor/cursor.ts'
import { FIRST_OFFSET, lagBetween, type Positions, partitionsOf } from '../../kafka/cursor/positions.ts'
import type { CaughtUpEvent, GapEvent, ProgressEvent } from '../../kafka/ports/message-streams.ts'
import { cursorOf, type StreamIdentity } from './stream-identity.ts'

/** `event` with a cursor made on first use. */
const withCursor = <T extends object>(event: T, make: () => Cursor): T & { readonly cursor: Cursor } => {
  let made: Cursor | null = null
  return Object.defineProperty(event, 'cursor', {
    enumerable: true,
    get: () => {
      made ??= make()
      return made
    },
  }) as T & { readonly cursor: Cursor }
}

/** A gap event; `positions` are those after the gap. */
export const gapEvent = (
  identity: StreamIdentity,
  gap: Pick<GapEvent, 'partition' | 'fromOffset' | 'toOffset' | 'reason'>,
  positions: Positions,
): GapEvent => {
  const { partition, fromOffset, toOffset, reason } = gap
  const event = { kind: 'gap' as const, topic: identity.topic, partition, fromOffset, toOffset, reason }
  return withCursor(event, () => cursorOf(identity, positions))
}

/** The caught-up event: where each partition began, stands and ends. */
export const caughtUpEvent = (
  identity: StreamIdentity,
  begin: Positions,
  positions: Positions,
  ends: Positions,
): CaughtUpEvent => {
  const streamed = partitionsOf(positions).map(partition => {
    const position = positions[partition] ?? FIRST_OFFSET
    return { partition, begin: begin[partition] ?? FIRST_OFFSET, position, end: ends[partition] ?? position }
  })
  const event = { kind: 'caughtUp' as const, topic: identity.topic, positions: streamed }
  return withCursor(event, () => cursorOf(identity, positions))
}

/** A progress event with a fresh cursor. */
export const progressEvent = (
  identity: StreamIdentity,
  positions: Positions,
  ends: Positions,
  messagesScanned: bigint,
): ProgressEvent => {
  const lag = lagBetween(positions, ends)
  const event = { kind: 'progress' as const, topic: identity.topic, messagesScanned, lag }
  return withCursor(event, () => cursorOf(identity, positions))
}
