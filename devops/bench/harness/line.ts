import type { Sample } from './alternate.ts'
import { type Spread, spread } from './statistics.ts'

/** One side of a line: what was measured, with its costs. */
export interface Side {
  readonly name: string
  readonly value: Spread
  readonly cpuMicros: number | null
  readonly rssMb: number | null
}

/** A line of the table. */
export interface Line {
  readonly row: string
  readonly what: string
  readonly unit: string
  readonly ours: Side
  readonly others: readonly Side[]
  /** Ours to the first of the others, or their difference, as `aim` says; null without a reference. */
  readonly compared: (Spread & { readonly as: 'ratio' | 'difference' }) | null
  /** What is to be reached, in words, and whether it was; null when nothing is set. */
  readonly aim: { readonly text: string; readonly isMet: boolean } | null
  readonly notes: readonly string[]
}

const middle = (values: readonly (number | undefined)[]): number | null => {
  const known = values.filter(value => value !== undefined)
  return known.length === 0 ? null : spread(known).median
}

/** A side from its samples; `figure` picks one of `more` in place of the value. */
const side = (name: string, samples: readonly Sample[], figure?: string): Side => ({
  name,
  value: spread(samples.map(sample => figureOf(sample, figure))),
  cpuMicros: middle(samples.map(({ cpuMicros }) => cpuMicros)),
  rssMb: middle(samples.map(({ rssMb }) => rssMb)),
})

const figureOf = (sample: Sample, figure?: string): number =>
  figure === undefined ? sample.value : (sample.more?.[figure] ?? Number.NaN)

/** How a line is put together from samples. */
export interface LineParts {
  readonly row: string
  readonly what: string
  readonly unit: string
  readonly ours: readonly Sample[]
  readonly others?: readonly (readonly [name: string, samples: readonly Sample[]])[]
  readonly figure?: string
  readonly as?: 'ratio' | 'difference'
  readonly aim?: { readonly text: string; isMet(figures: { ours: number; compared: number }): boolean }
  readonly notes?: readonly string[]
}

/**
 * Compares round by round, then takes the median: both sides of a comparison saw the same minute. Sides that were not measured
 * in rounds are compared with the other's median.
 */
export const line = (parts: LineParts): Line => {
  const { row, what, unit, figure, as = 'ratio', others = [], notes = [] } = parts
  const ours = side('ours', parts.ours, figure)
  const reference = others[0]?.[1]
  const isInRounds = reference?.length === parts.ours.length
  const middleOfOthers = reference === undefined ? Number.NaN : side('', reference, figure).value.median
  const each = parts.ours.map((sample, i) => {
    const other = isInRounds && reference[i] !== undefined ? figureOf(reference[i], figure) : middleOfOthers
    return as === 'ratio' ? figureOf(sample, figure) / other : figureOf(sample, figure) - other
  })
  const compared = reference === undefined ? null : { ...spread(each), as }
  const figures = { ours: ours.value.median, compared: compared?.median ?? Number.NaN }
  const aim = parts.aim === undefined ? null : { text: parts.aim.text, isMet: parts.aim.isMet(figures) }
  return {
    row,
    what,
    unit,
    ours,
    others: others.map(([name, samples]) => side(name, samples, figure)),
    compared,
    aim,
    notes,
  }
}
