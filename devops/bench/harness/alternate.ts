/** One measurement of one contender. */
export interface Sample {
  /** In the unit of the table's line. */
  readonly value: number
  /** Processor time of the measured process for each message, microseconds. */
  readonly cpuMicros?: number
  /** Resident memory of the measured process at the end, MB. */
  readonly rssMb?: number
  /** Further figures of the same measurement by name, such as p99. */
  readonly more?: Readonly<Record<string, number>>
}

/** The measured programs by name. Each call takes one measurement. */
export type Contenders = Readonly<Record<string, () => Promise<Sample>>>

/** The samples of each contender by name. Equal indexes come from the same round. */
export type Samples<C extends Contenders> = { readonly [K in keyof C]: readonly Sample[] }

/**
 * Measures A B A B … so that other load on the machine affects all contenders alike. The first round is a warm-up and
 * discarded.
 */
export const alternate = async <C extends Contenders>(contenders: C, rounds: number): Promise<Samples<C>> => {
  const names: readonly (keyof C)[] = Object.keys(contenders)
  const samples = Object.fromEntries(names.map(name => [name, [] as Sample[]])) as { [K in keyof C]: Sample[] }
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const sample = await contenders[name]?.()
      if (round > 0 && sample !== undefined) samples[name].push(sample)
    }
  }
  return samples
}
