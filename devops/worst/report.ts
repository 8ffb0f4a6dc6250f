import { beyondGoals, GOALS } from './goals.ts'
import type { Measured } from './measure/measure-request.ts'

const mb = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)

/** One measurement as a line of the terminal. */
export const terminalLine = (measured: Measured): string => {
  const { name, atOnce, stopMs, cpuMs, addedMb, answerBytes, livezMs, code } = measured
  const beyond = beyondGoals(measured)
  return [
    `${beyond.length > 0 ? '✗' : ' '} ${name}${atOnce > 1 ? `, ${atOnce} at once` : ''}`,
    `stop ${stopMs.toFixed(0)} ms, CPU ${cpuMs.toFixed(0)} ms, +${addedMb.toFixed(0)} MB, response ${mb(answerBytes)} MB, livez ${livezMs.toFixed(0)} ms`,
    code ?? 'answered',
    ...(beyond.length > 0 ? [`beyond: ${beyond.join(', ')}`] : []),
  ].join(' | ')
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

const row = ({ name, atOnce, stopMs, cpuMs, addedMb, answerBytes, livezMs, code }: Measured): string =>
  `| ${cell(name)} | ${atOnce} | ${stopMs.toFixed(0)} | ${cpuMs.toFixed(0)} | ${addedMb.toFixed(0)} | ${mb(answerBytes)} | ${livezMs.toFixed(0)} | ${code ?? 'answered'} |`

/** The measurements of one cluster, with the most expensive ones of each kind. */
export interface WorstTable {
  readonly topics: number
  readonly measured: readonly Measured[]
}

const LISTED = 25

/**
 * The table for the documentation: the number of requests, how many are within the goals, and the most expensive ones.
 */
export const markdownTable = ({ topics, measured }: WorstTable): string => {
  const beyond = measured.filter(one => beyondGoals(one).length > 0)
  const most = [...measured].sort((one, other) => other.cpuMs / other.atOnce - one.cpuMs / one.atOnce).slice(0, LISTED)
  return [
    `### ${topics} topics`,
    '',
    `${measured.length} measurements, ${measured.length - beyond.length} within the goals (alone: stop ≤ ${GOALS.stopMs} ms, memory ≤ ${GOALS.addedMb} MB; at once: memory ≤ ${GOALS.addedMbAtOnce} MB, /livez ≤ ${GOALS.livezMs} ms). Those beyond the goals, and the ${LISTED} most expensive:`,
    '',
    '| request | at once | stop, ms | CPU, ms | added, MB | answer, MB | /livez, ms | answer |',
    '|---|---|---|---|---|---|---|---|',
    ...new Set([...beyond, ...most].map(row)),
    '',
  ].join('\n')
}
