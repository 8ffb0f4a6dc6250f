import { parseArgs } from 'node:util'

/** The parsed command line. */
export interface BenchOptions {
  /** Names of rows; empty: all except the long ones. */
  readonly names: readonly string[]
  readonly isListing: boolean
  readonly out: string | null
  readonly markdown: string | null
  readonly scale: number
  readonly rounds: number
  readonly profileDir: string | null
}

const HELP = `npm run bench -- [row …] [--list] [--out file.json] [--markdown file.md] [--rounds 3] [--scale 1] [--profile folder]
  --rounds   measurements of each contender, alternating, after one that is thrown away
  --scale    a share of the full sizes, to try things out; tables that are kept have 1
  --profile  a folder for processor profiles of the program (.cpuprofile)`

/** Parses the command line. @throws Error that names the mistake. */
export const readBenchOptions = (args: readonly string[]): BenchOptions => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      out: { type: 'string' },
      markdown: { type: 'string' },
      scale: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '3' },
      profile: { type: 'string' },
    },
  })
  const [scale, rounds] = [Number(values.scale), Number(values.rounds)]
  if (values.help || !(scale > 0) || !Number.isInteger(rounds) || rounds < 1) throw new Error(HELP)
  return {
    names: positionals,
    isListing: values.list,
    out: values.out ?? null,
    markdown: values.markdown ?? null,
    scale,
    rounds,
    profileDir: values.profile ?? null,
  }
}
