import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { binaryKindOf } from './binary-file.ts'
import type { SettingProblem } from './config-problem.ts'
import { flagOf, type Setting } from './setting.ts'

/** A setting's text and how its source names it. */
interface GivenValue {
  readonly text: string
  readonly source: string
}

/** What was given for each setting, by env name, and what could not be understood. */
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
  if (!word.startsWith('--')) return 'is no setting: write --name value or --name=value'
  const bare = word.replaceAll(/[-_]/g, '').toLowerCase()
  const near = known.find(flag => flag.startsWith(word) || flag.replaceAll('-', '') === bare)
  return near === undefined ? 'is no setting of this program' : `is no setting of this program; is ${near} meant?`
}

const readFile = (path: string, source: string): GivenValue | SettingProblem => {
  try {
    const bytes = readFileSync(path)
    // The byte order mark that Windows puts first is no part of the value.
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

/** Puts the contents of files in place of their names. */
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

/** What flags, environment and files give, flags first. An empty environment variable counts as not given. */
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
