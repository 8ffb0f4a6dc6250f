import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from './eventually.ts'

/** A program started by a test. When disposed, it is asked to end, and killed when it does not. */
export interface RunningProgram extends AsyncDisposable {
  readonly child: ChildProcess
  readonly stdout: string
  readonly stderr: string
  /** Settles with the exit code, or the signal that killed it, once its output is complete. */
  readonly exited: Promise<number | NodeJS.Signals | null>
  /** The address, once it is printed. */
  url(): Promise<string>
  /** Waits until `text` is printed on its standard output. */
  printed(text: string, within?: number): Promise<void>
}

const LEAVING_MS = 30_000

/** The program must not inherit settings of the test run. */
const inherited = (): NodeJS.ProcessEnv => {
  const { KAFKA_BROKERS: _brokers, TOPICS: _topics, PORT: _port, ...rest } = process.env
  return rest
}

/** Starts a program with the settings in `env`, on a free port unless they name one. */
export const startProgram = (
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): RunningProgram => {
  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...inherited(), PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', data => {
    output.stdout += data
  })
  child.stderr.on('data', data => {
    output.stderr += data
  })
  const exited = once(child, 'close').then(([code, signal]) => code ?? signal)
  const printed = (text: string, within = 60_000) =>
    eventually(
      () => {
        if (!output.stdout.includes(text)) throw new Error(`${text} is not printed: ${output.stdout}${output.stderr}`)
      },
      { within },
    )
  return {
    child,
    exited,
    printed,
    get stdout() {
      return output.stdout
    },
    get stderr() {
      return output.stderr
    },
    async url() {
      await printed('Listening on ')
      return /Listening on (\S+)/.exec(output.stdout)?.[1] ?? ''
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), LEAVING_MS)
      await exited
      clearTimeout(late)
    },
  }
}
