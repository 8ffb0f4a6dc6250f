import { type Place, pathText, placeIn, ROOT } from '../value-place.ts'
import { isLargeNumber } from './validation/number-keywords.ts'

const written = (value: unknown, place: Place, numbers: ReadonlySet<string>): string => {
  if (isLargeNumber(value) && numbers.has(pathText(place))) return value
  if (Array.isArray(value))
    return `[${value.map((item, index) => written(item, placeIn(place, index), numbers)).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => `${JSON.stringify(name)}:${written(inner, placeIn(place, name), numbers)}`)
  return `{${fields.join()}}`
}

/** JSON text. The texts at these places are numbers, which are written as they are: all of their digits are kept. */
export const writeJson = (value: unknown, numbers: readonly Place[]): string =>
  numbers.length === 0 ? JSON.stringify(value) : written(value, ROOT, new Set(numbers.map(pathText)))
