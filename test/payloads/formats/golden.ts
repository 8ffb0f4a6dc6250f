import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes in hexadecimal digits, and the value or the problem that reading them gives. */
export type GoldenCase = readonly [hex: string, expected: unknown]

interface GoldenFile<Case> {
  readonly values: readonly Case[]
  readonly problems: readonly Case[]
}

/** Reads a file of cases from the folder `golden`. */
export const golden = <Case = GoldenCase>(name: string): GoldenFile<Case> =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'golden', name), 'utf8'))
