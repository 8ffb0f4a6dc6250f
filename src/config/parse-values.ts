import type { SettingProblem } from './config-problem.ts'
import type { GivenValues } from './read-values.ts'
import type { Setting, ValueOf } from './setting.ts'

/** The type of a parsed table of settings. */
export type ParsedValues<Settings> = { readonly [Name in keyof Settings]: ValueOf<Settings[Name]> }

/** Parses every given text, and the defaults of all other settings. A value that cannot be parsed is undefined. */
export const parseValues = <Settings extends Readonly<Record<string, Setting>>>(
  settings: Settings,
  given: GivenValues,
): { readonly parsed: ParsedValues<Settings>; readonly problems: readonly SettingProblem[] } => {
  const problems: SettingProblem[] = [...given.problems]
  const entries = Object.entries(settings).map(([name, { env, parser, default: byDefault }]) => {
    const value = given.values.get(env)
    const text = value?.text ?? byDefault
    if (text === null) return [name, null]
    const result = parser.safeParse(text)
    if (result.success) return [name, result.data]
    const problem = result.error.issues.map(issue => issue.message).join('; ')
    problems.push({ setting: value?.source ?? env, problem })
    return [name, undefined]
  })
  // Object.fromEntries cannot express that the entries are those of the table, each parsed by its own parser.
  return { parsed: Object.fromEntries(entries) as ParsedValues<Settings>, problems }
}
