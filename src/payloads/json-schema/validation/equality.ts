import { stepsForText } from './keyword.ts'

/** Writing a value takes as long as several checks. */
const STEPS = 4

/** A value as text that is the same for equal values: the order of an object's fields does not count. */
export const canonical = (value: unknown, count: (steps: number) => void): string => {
  count(STEPS)
  if (Array.isArray(value)) return `[${value.map(item => canonical(item, count)).join()}]`
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'string') count(stepsForText(value.length))
    return JSON.stringify(value) ?? 'null'
  }
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const written = fields.map(([name, inner]) => {
    count(stepsForText(name.length))
    return `${JSON.stringify(name)}:${canonical(inner, count)}`
  })
  return `{${written.join()}}`
}
