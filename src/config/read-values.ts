import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { binaryKindOf } from './binary-file.ts'
import type { SettingProblem } from './config-problem.ts'
import { flagOf, type Setting } from './setting.ts'

/** A setting's text, and the flag or variable it came from. */
interface GivenValue {
  readonly text: string
  readonly source: string
}

/** The given text of each setting, by environment variable, and the problems found while reading. */
export interface GivenValues {
  readonly values: ReadonlyMap<string, GivenValue>
  readonly problems: readonly SettingProblem[]
}

const ON_WITHOUT_VALUE = 'true'

/** Reads `--flag value`, `--flag=value` and a bare `--flag` before another flag (true). */
const readFlags = (argv: readonly string[], known: ReadonlyMap<string, string>) => {
  const values = new Map<string, GivenValue>()
  const problems: SettingProblem[] = []
  const rest = [...argv]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [flag = '', inline] = word.split(/=(.*)/s)
    const env = known.get(flag)
    if (env === undefined) {
      problems.push({ setting: flag, problem: unknownFlag(flag, [...known.keys()]) })
      if (rest[0]?.startsWith('--') === false) rest.shift()
      continue
    }
    if (values.has(env)) problems.push({ setting: flag, problem: 'is given twice' })
    const follows = rest[0] !== undefined && !rest[0].startsWith('--')
    const text = inline ?? (follows ? rest.shift() : undefined) ?? ON_WITHOUT_VALUE
    values.set(env, { text, source: flag })
  }
  return { values, problems }
}

const unknownFlag = (word: string, known: readonly string[]): string => {
  if (!word.startsWith('--')) return 'is not a setting: write --name value or --name=value'
  const bare = word.replaceAll(/[-_]/g, '').toLowerCase()
  const near = known.find(flag => flag.startsWith(word) || flag.replaceAll('-', '') === bare)
  return near === undefined
    ? 'is not a setting of this program'
    : `is not a setting of this program; did you mean ${near}?`
}

const readFile = (path: string, source: string): GivenValue | SettingProblem => {
  try {
    const bytes = readFileSync(path)
    // Windows editors put a byte order mark first; it is not part of the value.
    if (isUtf8(bytes))
      return {
        text: bytes
          .toString('utf8')
          .replace(/^\ufeff/, '')
          .replace(/\r?\n$/, ''),
        source,
      }
    return { setting: source, problem: `${path} is ${binaryKindOf(bytes) ?? 'not UTF-8 text'}` }
  } catch (thrown) {
    return { setting: source, problem: `${path} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}` }
  }
}

/** Replaces file names by the contents of the files. */
const readFiles = (values: Map<string, GivenValue>, table: readonly Setting[]): SettingProblem[] => {
  const problems: SettingProblem[] = []
  for (const { env } of table.filter(({ secret }) => secret)) {
    const file = values.get(`${env}_FILE`)
    if (file === undefined) continue
    const read = values.has(env)
      ? { setting: file.source, problem: `and ${env} are both given: keep one` }
      : readFile(file.text, file.source)
    if ('problem' in read) problems.push(read)
    else values.set(env, read)
  }
  return problems
}

/** Reads settings from flags, environment and files. Flags win. An empty environment variable counts as unset. */
export const readValues = (
  table: readonly Setting[],
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): GivenValues => {
  const names = table.flatMap(entry => (entry.secret ? [entry.env, `${entry.env}_FILE`] : [entry.env]))
  const flags = readFlags(argv, new Map(names.map(name => [flagOf(name), name])))
  const values = new Map<string, GivenValue>()
  for (const name of names) {
    const text = env[name]
    const given = flags.values.get(name) ?? (text === undefined || text === '' ? undefined : { text, source: name })
    if (given !== undefined) values.set(name, given)
  }
  return { values, problems: [...flags.problems, ...readFiles(values, table)] }
}
