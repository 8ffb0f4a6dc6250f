/** Epoch milliseconds without rounding: a number within ±(2^53 − 1), a bigint beyond. Both compare with `<`. */
export type EpochMs = number | bigint

/** Converts a 64-bit Kafka timestamp. */
export const toEpochMs = (ms: bigint): EpochMs => {
  const rounded = Number(ms)
  return Number.isSafeInteger(rounded) ? rounded : ms
}

/** Converts a 64-bit Kafka timestamp; null for -1, which Kafka uses for "no timestamp". */
export const knownEpochMs = (ms: bigint): EpochMs | null => (ms === -1n ? null : toEpochMs(ms))

/** Clamps to 0 and rounds down. Kafka reads negative timestamps as special positions (-1 latest, -2 earliest). */
export const sinceEpoch = (ms: EpochMs): EpochMs => (ms < 0 ? 0 : typeof ms === 'bigint' ? ms : Math.floor(ms))
