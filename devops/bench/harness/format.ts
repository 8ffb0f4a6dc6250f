import type { Line, Side } from './line.ts'
import type { Spread } from './statistics.ts'

/** A number with as many digits as its precision allows. */
export const figure = (value: number): string => {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2
  const rounded = size >= 10_000 ? Number(value.toPrecision(3)) : value
  return rounded.toLocaleString('en', { maximumFractionDigits: digits, useGrouping: true })
}

/** A median with its minimum and maximum. */
export const range = ({ median, min, max }: Spread): string =>
  min === max ? figure(median) : `${figure(median)} (${figure(min)}–${figure(max)})`

/** The processor time and memory of a side. */
export const costs = ({ cpuMicros, rssMb }: Side): string =>
  [cpuMicros === null ? null : `${figure(cpuMicros)} µs`, rssMb === null ? null : `${figure(rssMb)} MB`]
    .filter(Boolean)
    .join(', ') || '–'

/** The comparison in words: `0.83 (0.8–0.86) ×` or `+1.2 (1–1.5)`. */
export const comparison = ({ compared, unit }: Line): string => {
  if (compared === null) return '–'
  if (compared.as === 'ratio') return `${range(compared)} ×`
  return `${compared.median > 0 ? '+' : ''}${range(compared)} ${unit}`
}

/** The target and whether it is met. */
export const aimed = ({ aim }: Line): string => (aim === null ? '–' : `${aim.text} ${aim.isMet ? '✓' : '✗'}`)
