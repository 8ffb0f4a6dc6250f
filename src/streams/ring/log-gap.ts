import { setTimeout as sleep } from 'node:timers/promises'
import type { EpochMs } from '../../kafka/epoch-ms.ts'
import { asKafkaError, type KafkaError } from '../../kafka/errors/kafka-error.ts'
import { earlier, later, type Offset } from '../../kafka/offset.ts'
import type { LogFault } from '../../kafka/ports/log-source.ts'
import type { LogOffsets } from '../start/log-offsets.ts'
import type { LogGap } from './ring.ts'

/** Faults after which reading continues. */
export type PassableFault = Extract<LogFault, { readonly kind: 'below' | 'beyond' | 'undecodable' }>

/** True for faults after which reading continues. All others end the stream. */
export const isPassable = (fault: LogFault): fault is PassableFault =>
  fault.kind === 'below' || fault.kind === 'beyond' || fault.kind === 'undecodable'

/** The place in a partition where a fault occurred. */
export interface FaultPlace {
  readonly partition: number
  readonly position: Offset
  /** Time of the last message before `position`; null when unknown. */
  readonly lastTimestamp: EpochMs | null
  readonly offsets: LogOffsets
}

const ATTEMPTS = 6
const FIRST_PAUSE_MS = 100

/** Retries while Kafka cannot answer, 100 ms to 1.6 s apart. */
const patiently = async <T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (thrown) {
      signal.throwIfAborted()
      const error: KafkaError = asKafkaError(thrown)
      if (!error.retriable || attempt === ATTEMPTS) throw error
    }
    await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1), null, { signal })
  }
}

const afterTruncation = async (
  { partition, position, lastTimestamp, offsets }: FaultPlace,
  { logStartOffset, endOffset }: { readonly logStartOffset: Offset; readonly endOffset: Offset },
  signal: AbortSignal,
): Promise<Offset> => {
  const found = lastTimestamp === null ? [] : await patiently(() => offsets.at(lastTimestamp, [partition], []), signal)
  return later(logStartOffset, earlier(endOffset, earlier(found[partition] ?? position, position)))
}

/** When the source reports a fault without a way past it, wait before asking again. */
const settle = async (gap: LogGap, signal: AbortSignal): Promise<LogGap> => {
  if (gap.toOffset === gap.fromOffset) await sleep(FIRST_PAUSE_MS, null, { signal })
  return gap
}

/**
 * Where reading continues after a fault. After a truncation that is `clamp(min(offset by time, position), start, end)`:
 * read the replacement from about the time that the stream had reached. Messages may arrive twice rather than get lost.
 */
export const gapAfter = async (fault: PassableFault, place: FaultPlace, signal: AbortSignal): Promise<LogGap> => {
  const { partition, position: fromOffset } = place
  if (fault.kind === 'undecodable') {
    const { next, error } = fault
    const toOffset = later(next, fromOffset)
    const gap: LogGap = {
      partition,
      fromOffset,
      toOffset,
      reason: 'DECODE_LIMIT',
      earliest: fromOffset,
      latest: toOffset,
      error,
    }
    return settle(gap, signal)
  }
  const { logStartOffset: earliest, endOffset: latest } = fault
  if (fault.kind === 'below') {
    const toOffset = later(earliest, fromOffset)
    return settle({ partition, fromOffset, toOffset, reason: 'RETENTION', earliest, latest, error: null }, signal)
  }
  const toOffset = await afterTruncation(place, fault, signal)
  const reason = 'UNCLEAN_LEADER_ELECTION'
  return settle({ partition, fromOffset, toOffset, reason, earliest, latest, error: null }, signal)
}
