import { setTimeout as sleep } from 'node:timers/promises'
import type { RegistryProcess } from './registry-process.ts'

/** What a keeper does. */
export interface KeeperOptions {
  /** Starts the Java process. */
  readonly spawn: () => RegistryProcess
  /** Resolves when the process answers. */
  readonly untilReady: (process: RegistryProcess, signal: AbortSignal) => Promise<void>
  readonly onExit: (text: string) => void
  readonly onReturn: () => void
  /** Aborted once nothing may be started any more. */
  readonly signal: AbortSignal
}

const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 30_000
/** After running this long, the next restart uses the first delay again. */
const LASTS_MS = 60_000

/** Restarts a registry that ends unexpectedly: after one second, doubling each time it does not last. */
export class RegistryKeeper {
  readonly #options: KeeperOptions
  #process: RegistryProcess | undefined
  #trouble: string | null = null
  #delayMs = FIRST_DELAY_MS

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  get process(): RegistryProcess | undefined {
    return this.#process?.over.aborted ? undefined : this.#process
  }

  get trouble(): string | null {
    return this.#trouble
  }

  /** Keeps a process that answers, until it ends. */
  keep(process: RegistryProcess): void {
    this.#process = process
    this.#trouble = null
    const readyAt = performance.now()
    void process.ended.then(cause => {
      if (performance.now() - readyAt > LASTS_MS) this.#delayMs = FIRST_DELAY_MS
      return this.#ended(cause)
    })
  }

  async #ended(cause: string): Promise<void> {
    const { signal, onExit } = this.#options
    if (signal.aborted) return
    const delayMs = this.#delayMs
    this.#delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS)
    this.#trouble = `the local schema registry ended: ${cause}; it restarts in ${delayMs / 1000} s`
    onExit(this.#trouble)
    await sleep(delayMs, undefined, { signal, ref: false }).catch(() => undefined)
    if (!signal.aborted) await this.#restart()
  }

  async #restart(): Promise<void> {
    const { spawn, untilReady, onReturn, signal } = this.#options
    try {
      const process = spawn()
      this.#process = process
      await untilReady(process, signal)
      this.keep(process)
      onReturn()
    } catch (thrown) {
      if (signal.aborted) return
      await this.#process?.stop()
      await this.#ended(thrown instanceof Error ? thrown.message : String(thrown))
    }
  }
}
