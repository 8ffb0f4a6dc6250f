import { type RunningProgram, startProgram } from './start-program.ts'

const CLI = new URL('../../src/cli.ts', import.meta.url).pathname

/** Starts `src/cli.ts` with these flags, on a free port unless they name one. */
export const startCli = (flags: readonly string[], env: Readonly<Record<string, string>> = {}): RunningProgram =>
  startProgram(process.execPath, ['--import', 'tsx', CLI, ...flags], { env })
