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

/** What is compared, by name; each call measures once. */
export type Contenders = Readonly<Record<string, () => Promise<Sample>>>

/** The samples of each contender by name; index i of all was measured in the same round. */
export type Samples<C extends Contenders> = { readonly [K in keyof C]: readonly Sample[] }

/** Measures A B A B … so that what the machine does meanwhile falls on all alike; a round before the first is thrown away. */
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
