import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Tests of one suite, or of several together. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const numberIn = (report: object, name: string): number => {
  const value: unknown = Object.entries(report).find(([key]) => key === name)?.[1]
  return typeof value === 'number' ? value : 0
}

/** Counts of vitest's JSON report. A suite that left no report, or ran no test, counts as one failure. */
export const countReport = (text: string | null): Counts => {
  const none = { passed: 0, failed: 1, skipped: 0 }
  if (text === null) return none
  let report: unknown
  try {
    report = JSON.parse(text)
  } catch {
    return none
  }
  if (typeof report !== 'object' || report === null) return none
  const passed = numberIn(report, 'numPassedTests')
  const failed = numberIn(report, 'numFailedTests')
  const skipped = numberIn(report, 'numPendingTests')
  const isWhole = 'success' in report && report.success === true
  // A file that cannot be loaded has no failed test, and fails its suite.
  if (failed === 0 && !isWhole) return { passed, failed: Math.max(1, numberIn(report, 'numFailedTestSuites')), skipped }
  return passed === 0 && failed === 0 ? none : { passed, failed, skipped }
}

/** The last line of CI, over all suites. */
export const lastLine = (suites: readonly Counts[]): string => {
  const sum = (of: (counts: Counts) => number) => suites.reduce((total, counts) => total + of(counts), 0)
  const skipped = sum(counts => counts.skipped)
  const line = `${sum(counts => counts.passed)} passed, ${sum(counts => counts.failed)} failed`
  return skipped > 0 ? `${line}, ${skipped} skipped` : line
}

const readReport = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

// Run as a program: the reports' files are its arguments.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const suites = process.argv.slice(2).map(file => countReport(readReport(file)))
  console.log(`\n${lastLine(suites)}`)
  process.exitCode = suites.length === 0 || suites.some(({ failed }) => failed > 0) ? 1 : 0
}
