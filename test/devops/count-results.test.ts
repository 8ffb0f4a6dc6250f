import { describe, expect, test } from 'vitest'
import { countReport, lastLine } from '../../devops/ci/count-results.ts'

const report = (numbers: Readonly<Record<string, unknown>>) => JSON.stringify({ success: true, ...numbers })

describe('the last line of CI', () => {
  test('adds up all suites', () => {
    const suites = [report({ numPassedTests: 3 }), report({ numPassedTests: 4, numPendingTests: 1 })].map(countReport)
    expect(lastLine(suites)).toBe('7 passed, 0 failed, 1 skipped')
  })

  test('counts failed tests', () => {
    const failed = countReport(report({ success: false, numPassedTests: 3, numFailedTests: 2, numFailedTestSuites: 5 }))
    expect(failed).toEqual({ passed: 3, failed: 2, skipped: 0 })
  })

  test.each([
    ['left no report', null],
    ['left half a report', '{"numPassedTests":3'],
    ['left a report of something else', '[]'],
    ['ran no test', report({ numPassedTests: 0 })],
  ])('counts a suite that %s as one failure', (_, text) => {
    expect(countReport(text)).toMatchObject({ passed: 0, failed: 1 })
  })

  test('counts files that could not be loaded', () => {
    const broken = report({ success: false, numPassedTests: 3, numFailedTests: 0, numFailedTestSuites: 2 })
    expect(countReport(broken)).toEqual({ passed: 3, failed: 2, skipped: 0 })
  })

  test('counts a run that failed outside of its tests', () => {
    expect(countReport(report({ success: false, numPassedTests: 3 }))).toEqual({ passed: 3, failed: 1, skipped: 0 })
  })
})
