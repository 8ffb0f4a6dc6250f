import { parseArgs } from 'node:util'

/** The parsed command line. */
export interface WorstOptions {
  /** Only requests whose name matches. */
  readonly only: RegExp | null
  /** Numbers of topics to try, one after the other. */
  readonly topics: readonly number[]
  /** How many of the most expensive requests are also sent `AT_ONCE` times at once. */
  readonly together: number
  readonly markdown: string | null
  readonly json: string | null
  /** Settings of the program. */
  readonly heapMb: number | null
}

const HELP = `npm run worst -- [--only pattern] [--topics 1,2000] [--together 40] [--heap MB] [--json file] [--markdown file.md]
  --only      requests whose name matches this regular expression
  --topics    how many topics the cluster has; several: one run after the other
  --together  so many of the most expensive requests are sent twenty at once, too
  --heap      the program's heap, MB (--max-old-space-size)`

/** Parses the command line. @throws Error that names the mistake. */
export const readWorstOptions = (args: readonly string[]): WorstOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      only: { type: 'string' },
      topics: { type: 'string', default: '1,2000' },
      together: { type: 'string', default: '40' },
      heap: { type: 'string' },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  })
  const topics = values.topics.split(',').map(Number)
  const together = Number(values.together)
  if (values.help || !topics.every(count => count > 0) || !(together >= 0)) throw new Error(HELP)
  return {
    only: values.only === undefined ? null : new RegExp(values.only, 'i'),
    topics,
    together,
    markdown: values.markdown ?? null,
    json: values.json ?? null,
    heapMb: values.heap === undefined ? null : Number(values.heap),
  }
}
