import { resolve } from 'node:path'
import { type BenchOptions, readBenchOptions } from './bench-options.ts'
import type { Line } from './harness/line.ts'
import { describeMachine } from './harness/machine.ts'
import { type Report, terminalText, writeReport } from './harness/report.ts'
import type { Row } from './harness/row.ts'
import { openStage } from './harness/stage.ts'
import { rows } from './rows.ts'

const say = (text: string): void => console.log(text)

const chosen = (names: readonly string[]): readonly Row[] => {
  const unknown = names.filter(name => !rows.some(row => row.name === name))
  if (unknown.length > 0) throw new Error(`no row ${unknown.join(', ')}: ${rows.map(({ name }) => name).join(', ')}`)
  return names.length === 0 ? rows.filter(({ isLong }) => !isLong) : rows.filter(({ name }) => names.includes(name))
}

/** Runs rows on one Kafka. A failed row is reported, and the next one runs. */
const runRows = async (part: readonly Row[], nodes: 1 | 3, options: BenchOptions) => {
  const lines: Line[] = []
  const failures: { row: string; error: string }[] = []
  if (part.length === 0) return { lines, failures }
  const { scale, rounds } = options
  const profileDir = options.profileDir === null ? null : resolve(options.profileDir)
  await using stage = await openStage({ nodes, scale, rounds, profileDir, say: text => say(`  … ${text}`) })
  for (const row of part) {
    say(`\n${row.name}: ${row.about}`)
    const began = performance.now()
    try {
      const made = await row.run(stage)
      for (const line of made) say(terminalText(line))
      lines.push(...made)
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      say(`  failed: ${text}`)
      failures.push({ row: row.name, error: text })
    }
    say(`  (${((performance.now() - began) / 1000).toFixed(0)} s)`)
  }
  return { lines, failures }
}

const run = async (options: BenchOptions): Promise<void> => {
  const began = performance.now()
  const machine = await describeMachine()
  const part = chosen(options.names)
  say(
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, Kafka ${machine.kafka}; load ${machine.loadBefore}`,
  )
  const one = await runRows(
    part.filter(({ nodes = 1 }) => nodes === 1),
    1,
    options,
  )
  const three = await runRows(
    part.filter(({ nodes = 1 }) => nodes === 3),
    3,
    options,
  )
  const report: Report = {
    machine,
    command: ['npm run bench --', ...options.names].join(' '),
    scale: options.scale,
    seconds: Math.round((performance.now() - began) / 1000),
    lines: [...one.lines, ...three.lines],
    failures: [...one.failures, ...three.failures],
  }
  await writeReport(report, options.out, options.markdown)
  say(`\n${report.lines.length} lines, ${report.failures.length} failed rows, ${report.seconds} s`)
  if (report.failures.length > 0) process.exitCode = 1
}

const main = async (): Promise<void> => {
  const options = readBenchOptions(process.argv.slice(2))
  if (options.isListing) {
    for (const { name, about, isLong } of rows)
      say(`${name.padEnd(16)} ${about}${isLong ? ' (long: only by name)' : ''}`)
  } else await run(options)
}

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
await main().catch(error => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
