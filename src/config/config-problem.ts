/** A setting that cannot be used: its name at the source, what is wrong, and what would be right. */
export interface SettingProblem {
  readonly setting: string
  readonly problem: string
}

/** All problems of the settings, in a message for the person who starts the program. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem'
  readonly problems: readonly SettingProblem[]

  constructor(problems: readonly SettingProblem[]) {
    const count = problems.length === 1 ? 'One setting cannot be used' : `${problems.length} settings cannot be used`
    const lines = problems.map(({ setting, problem }) => `  ${setting}: ${problem}`)
    super([`${count}:`, ...lines, 'All settings: --help'].join('\n'))
    this.problems = problems
  }
}
