import type { Sample } from './alternate.ts'
import { type Spread, spread } from './statistics.ts'

/** One side of a line: its value and costs. */
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
  /** Our value divided by the first other's, or their difference, as `aim` says; null without a reference. */
  readonly compared: (Spread & { readonly as: 'ratio' | 'difference' }) | null
  /** The target in words and whether it is met; null without a target. */
  readonly aim: { readonly text: string; readonly isMet: boolean } | null
  readonly notes: readonly string[]
}

const middle = (values: readonly (number | undefined)[]): number | null => {
  const known = values.filter(value => value !== undefined)
  return known.length === 0 ? null : spread(known).median
}

/** A side from its samples. `figure` picks one of `more` instead of the value. */
const side = (name: string, samples: readonly Sample[], figure?: string): Side => ({
  name,
  value: spread(samples.map(sample => figureOf(sample, figure))),
  cpuMicros: middle(samples.map(({ cpuMicros }) => cpuMicros)),
  rssMb: middle(samples.map(({ rssMb }) => rssMb)),
})

const figureOf = (sample: Sample, figure?: string): number =>
  figure === undefined ? sample.value : (sample.more?.[figure] ?? Number.NaN)

/** The parts that make a line. */
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
 * Compares round by round and takes the median, so that both sides of a comparison ran in the same minute. Sides
 * without rounds are compared with the other side's median.
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
