import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Answer, type Calls, READY } from './calls.ts'
import type { probeCalls } from './probe.ts'

/** The bench runs built JavaScript: a loader that keeps function names would slow the peers down. */
const built = (file: string): string => fileURLToPath(new URL(`../../../.cache/bench/${file}`, import.meta.url))

/** A process that is measured, or that generates load. */
export interface Child<C extends Calls> extends AsyncDisposable {
  readonly pid: number
  /** Its last output, for failure reports. */
  lastOutput(): string
  /** Calls one of its functions. Rejects after the time limit (default 120,000 ms) and when the process ends. */
  call<K extends keyof C & string>(
    name: K,
    ...input: Parameters<C[K]>[0] extends undefined ? [] : [Parameters<C[K]>[0], number?]
  ): Promise<Awaited<ReturnType<C[K]>>>
}

/** How to start a child. */
export interface ChildOptions {
  readonly script: string
  readonly args?: readonly string[]
  readonly nodeFlags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const CALL_LIMIT_MS = 120_000
const STOP_LIMIT_MS = 15_000

/** Starts one of the bench's own programs by its role. */
export const startRole = async <C extends Calls>(role: string): Promise<Child<C & typeof probeCalls>> => {
  const child = await spawnChild<C & typeof probeCalls>({ script: built('child.js'), args: [role] })
  // The probe listens before the role does, so an earlier call would be lost.
  await child.said(READY)
  return child
}

/** Starts a program with the probe loaded, which reports memory, garbage collection and stalls. */
export const startChild = (options: ChildOptions): Promise<Child<typeof probeCalls>> =>
  spawnChild<typeof probeCalls>(options)

const spawnChild = async <C extends Calls>(options: ChildOptions): Promise<RunningChild<C>> => {
  const { script, args = [], nodeFlags = [], env } = options
  const probe = ['--expose-gc', '--import', built('harness/probe.js')]
  const child = spawn(process.execPath, [...nodeFlags, ...probe, script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, ...env },
  })
  const running = new RunningChild<C>(child, args[0] ?? script)
  await once(child, 'spawn')
  return running
}

class RunningChild<C extends Calls> implements Child<C> {
  readonly pid: number
  readonly #process: ChildProcess
  readonly #name: string
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #output = ''
  #calls = 0

  constructor(child: ChildProcess, name: string) {
    if (child.pid === undefined) throw new Error(`${name} has no process id`)
    this.pid = child.pid
    this.#process = child
    this.#name = name
    const keep = (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-4000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('message', message => this.#take(message))
    child.on('exit', (code, signal) => this.#ended(`${name} ended (${code ?? signal}): ${this.#output}`))
  }

  lastOutput(): string {
    return this.#output
  }

  async call<K extends keyof C & string>(name: K, ...rest: readonly unknown[]): Promise<Awaited<ReturnType<C[K]>>> {
    const [input, limit = CALL_LIMIT_MS] = rest
    const id = ++this.#calls
    const question = () => this.#process.send({ id, call: name, input })
    // Both sides are typed by the same calls; a pipe connects them.
    return (await this.#answer(id, question, `no answer to ${name}`, Number(limit))) as Awaited<ReturnType<C[K]>>
  }

  /** Waits for an unsolicited message: its id belongs to no call. */
  async said(id: number): Promise<void> {
    await this.#answer(id, () => undefined, 'did not start', CALL_LIMIT_MS)
  }

  async #answer(id: number, ask: () => unknown, otherwise: string, limit: number): Promise<unknown> {
    const timer = setTimeout(() => this.#settle({ id, error: `${this.#name}: ${otherwise}` }), limit)
    try {
      return await new Promise<unknown>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject })
        ask()
      })
    } finally {
      clearTimeout(timer)
      this.#waiting.delete(id)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_LIMIT_MS)
    await ended
    clearTimeout(timer)
  }

  #take(message: unknown): void {
    if (typeof message === 'object' && message !== null && 'id' in message) this.#settle(message as Answer)
  }

  #settle({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error))
  }

  #ended(text: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(text))
    this.#waiting.clear()
  }
}
