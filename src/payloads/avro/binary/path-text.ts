import type { JsonPath } from '../../../kafka/json-path.ts'

const PLAIN = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u

const stepText = (step: string | number): string => {
  if (typeof step === 'number') return `[${step}]`
  return PLAIN.test(step) ? `.${step}` : `['${step.replaceAll(/['\\]/g, '\\$&')}']`
}

/** A path as `parseJsonPath` reads it, such as `$.lines[0].price`. */
export const pathText = (path: JsonPath): string => `$${path.map(stepText).join('')}`
