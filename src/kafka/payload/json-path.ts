/** A place in a JSON value: names of fields and indexes of items, from the outside in. */
export type JsonPath = readonly (string | number)[]

/** A path that cannot be read, and where. */
export class JsonPathProblem extends Error {
  override readonly name = 'JsonPathProblem'
}

const MAX_LENGTH = 1024
const MAX_STEPS = 64

/** One step: `.name`, `[0]`, `['any name']` or `["any name"]`, with a backslash before a quote or a backslash. */
const STEP = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d{1,9})\]|\['((?:[^'\\]|\\['\\])*)'\]|\["((?:[^"\\]|\\["\\])*)"\]/uy

const unescaped = (text: string): string => text.replaceAll(/\\(.)/gu, '$1')

const stepOf = ([, name, index, single, double]: RegExpExecArray): string | number => {
  if (index !== undefined) return Number(index)
  return name ?? unescaped(single ?? double ?? '')
}

/** Reads a path such as `$.customer.lines[0]['unit price']`. The `$` may be left out. @throws JsonPathProblem */
export const parseJsonPath = (text: string): JsonPath => {
  if (text.length > MAX_LENGTH) throw new JsonPathProblem(`The path has more than ${MAX_LENGTH} characters.`)
  const whole = text.startsWith('$') ? text.slice(1) : /^[.[]/.test(text) || text === '' ? text : `.${text}`
  const dropped = text.length - whole.length
  const path: (string | number)[] = []
  for (let at = 0; at < whole.length; ) {
    STEP.lastIndex = at
    const match = STEP.exec(whole)
    if (match === null)
      throw new JsonPathProblem(
        `The path cannot be read at character ${at + dropped + 1}: write it like $.a.b[0]['c d'].`,
      )
    if (path.length === MAX_STEPS) throw new JsonPathProblem(`The path has more than ${MAX_STEPS} steps.`)
    path.push(stepOf(match))
    at = STEP.lastIndex
  }
  return path
}

/** Names that need no quotes after a dot. */
const PLAIN = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u

const stepText = (step: string | number): string => {
  if (typeof step === 'number') return `[${step}]`
  return PLAIN.test(step) ? `.${step}` : `['${step.replaceAll(/['\\]/g, '\\$&')}']`
}

/** A path as `parseJsonPath` reads it, such as `$.lines[0].price`. */
export const jsonPathText = (path: JsonPath): string => `$${path.map(stepText).join('')}`

const itemOf = (value: unknown, step: string | number): unknown => {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
  return Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined
}

/** The value at the path; undefined if there is none. */
export const valueAt = (value: unknown, path: JsonPath): unknown => {
  let found = value
  for (const step of path) found = itemOf(found, step)
  return found
}
