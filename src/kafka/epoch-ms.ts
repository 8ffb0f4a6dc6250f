/** Epoch milliseconds, exact: a number where a double is exact, a bigint beyond ±(2^53 − 1). Both compare with `<`. */
export type EpochMs = number | bigint

/** A 64-bit timestamp of Kafka as EpochMs. */
export const toEpochMs = (ms: bigint): EpochMs => {
  const rounded = Number(ms)
  return Number.isSafeInteger(rounded) ? rounded : ms
}

/** The same; null for -1, by which Kafka says that there is no timestamp. */
export const knownEpochMs = (ms: bigint): EpochMs | null => (ms === -1n ? null : toEpochMs(ms))

/** Never below 0, and whole: to Kafka negative times are names of positions. */
export const sinceEpoch = (ms: EpochMs): EpochMs => (ms < 0 ? 0 : typeof ms === 'bigint' ? ms : Math.floor(ms))
