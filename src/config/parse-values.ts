import type { SettingProblem } from './config-problem.ts'
import type { GivenValues } from './read-values.ts'
import type { Setting, ValueOf } from './setting.ts'

/** What a table of settings becomes once read. */
export type ParsedValues<Settings> = { readonly [Name in keyof Settings]: ValueOf<Settings[Name]> }

/** Reads every given text, and the default of every other setting, by its own parser; undefined where that failed. */
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
  // The entries are those of the table, each read by its own parser: what Object.fromEntries cannot express.
  return { parsed: Object.fromEntries(entries) as ParsedValues<Settings>, problems }
}
