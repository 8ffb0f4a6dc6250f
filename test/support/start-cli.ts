import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from './eventually.ts'

/** The program as its user starts it. Disposed, it is asked to end. */
export interface RunningCli extends AsyncDisposable {
  readonly child: ChildProcess
  readonly stdout: string
  readonly stderr: string
  /** Settles with the exit code, or the signal that killed it. */
  readonly exited: Promise<number | NodeJS.Signals | null>
  /** The address once it is printed. */
  url(): Promise<string>
  /** Waits until `text` is printed. */
  printed(text: string, within?: number): Promise<void>
}

const CLI = new URL('../../src/cli.ts', import.meta.url).pathname

/** Starts `src/cli.ts` with these flags on any free port, unless they name one. */
export const startCli = (flags: readonly string[], env: Readonly<Record<string, string>> = {}): RunningCli => {
  const { KAFKA_BROKERS: _brokers, TOPICS: _topics, ...inherited } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...flags], {
    env: { ...inherited, PORT: '0', ...env },
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
  const printed = (text: string, within = 15_000) =>
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
      await exited
    },
  }
}
