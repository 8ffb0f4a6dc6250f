import type { JsonPath } from '../../../kafka/json-path.ts'
import { shown } from '../schema/json-object.ts'

const PLAIN = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u

const stepText = (step: string | number): string => {
  if (typeof step === 'number') return `[${step}]`
  const text = shown(step)
  return PLAIN.test(text) ? `.${text}` : `['${text.replaceAll(/['\\]/g, '\\$&')}']`
}

/** A path as `parseJsonPath` reads it, such as `$.lines[0].price`. */
export const pathText = (path: JsonPath): string => `$${path.map(stepText).join('')}`
