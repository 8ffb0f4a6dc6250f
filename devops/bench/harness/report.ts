import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { aimed, comparison, costs, range } from './format.ts'
import type { Line } from './line.ts'
import type { Machine } from './machine.ts'

/** A whole run. */
export interface Report {
  readonly machine: Machine
  readonly command: string
  readonly seconds: number
  /** 1 for the full sizes that the lines name. */
  readonly scale: number
  readonly lines: readonly Line[]
  /** Rows that could not be measured, with the reason. */
  readonly failures: readonly { readonly row: string; readonly error: string }[]
}

/** A line for the terminal. */
export const terminalText = (line: Line): string => {
  const others = line.others.map(other => `    ${other.name}: ${range(other.value)} ${line.unit} [${costs(other)}]`)
  return [
    `  ${line.what}`,
    `    ours: ${range(line.ours.value)} ${line.unit} [${costs(line.ours)}]`,
    ...others,
    ...(line.compared === null ? [] : [`    compared: ${comparison(line)}`]),
    ...(line.aim === null ? [] : [`    aim: ${aimed(line)}`]),
    ...line.notes.map(note => `    ${note}`),
  ].join('\n')
}

const machineText = (machine: Machine): string =>
  [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB`,
    machine.system,
    `Node ${machine.node}, Kafka ${machine.kafka}, KafkaJS ${machine.kafkajs}`,
    `commit ${machine.commit}, ${machine.date} UTC, load in the minute before: ${machine.loadBefore}`,
  ].join('; ')

const rowText = (line: Line): string => {
  const others = line.others.map(other => `${other.name}: ${range(other.value)}`).join('<br>') || '–'
  const cost = [line.ours, ...line.others].map(each => `${each.name}: ${costs(each)}`).join('<br>')
  const notes = line.notes.length === 0 ? '' : `<br><sub>${line.notes.join('; ')}</sub>`
  const cells = [
    `${line.what}${notes}`,
    `${range(line.ours.value)} ${line.unit}`,
    others,
    comparison(line),
    aimed(line),
    cost,
  ]
  return `| ${cells.join(' | ')} | \`npm run bench -- ${line.row}\` |`
}

const HEAD = `# Benchmarks

Each figure is a median, with minimum and maximum in brackets. Contenders ran alternately (A B A B) in the same minutes, each in
its own process, over sockets, on a real Kafka started for the run. They are compared round by round. Clients, servers and Kafka
share the machine's cores, so ratios carry over to other machines and absolute figures do not. "CPU a message" is the processor
time of the measured process, "memory" its resident set at the end. \`npm run bench -- --markdown\` writes this page; the same
figures are in [bench.json](bench.json). Each table is one run of the command, with its machine and time.`

/** One run's section of the document. */
const section = ({ machine, lines, failures, seconds, scale }: Report): string =>
  [
    `${machineText(machine)}. The whole run took ${Math.round(seconds / 60)} minutes.${scale === 1 ? '' : ` A trial with sizes times ${scale}: do not keep these figures.`}`,
    [
      '| what | ours | reference | compared | target | CPU a message, memory | command |',
      '|---|---|---|---|---|---|---|',
      ...lines.map(rowText),
    ].join('\n'),
    ...failures.map(({ row, error }) => `\`${row}\` could not be measured: ${error.split('\n')[0]}`),
  ].join('\n\n')

const runsIn = async (file: string): Promise<readonly Report[]> => {
  if (!existsSync(file)) return []
  const { runs }: { readonly runs: readonly Report[] } = JSON.parse(await readFile(file, 'utf8'))
  return runs
}

/** The runs of a file plus a new one. Earlier runs keep their rows, except those that the new run measured. */
const withRun = (earlier: readonly Report[], run: Report): readonly Report[] => {
  const measured = new Set([...run.lines, ...run.failures].map(({ row }) => row))
  const kept = earlier.map(each => ({
    ...each,
    lines: each.lines.filter(({ row }) => !measured.has(row)),
    failures: each.failures.filter(({ row }) => !measured.has(row)),
  }))
  return [...kept.filter(({ lines }) => lines.length > 0), run]
}

/** Writes the requested files. An existing file keeps the rows that this run did not measure. */
export const writeReport = async (report: Report, out: string | null, asMarkdown: string | null): Promise<void> => {
  const runs = withRun(out === null ? [] : await runsIn(out), report)
  if (out !== null) await writeFile(out, `${JSON.stringify({ runs }, null, 2)}\n`)
  if (asMarkdown !== null) await writeFile(asMarkdown, `${[HEAD, ...runs.map(section)].join('\n\n')}\n`)
}
