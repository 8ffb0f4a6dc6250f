import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePorts } from '../../../src/local-kafka/data-folder/free-ports.ts'
import { type Child, startChild } from './child.ts'
import type { probeCalls } from './probe.ts'

/** The program as users start it, in its own process. */
export interface Product extends AsyncDisposable {
  readonly child: Child<typeof probeCalls>
  readonly pid: number
  readonly httpUrl: string
  readonly wsUrl: string
}

/** How to start the program. */
export interface ProductOptions {
  readonly brokers: string
  /** A folder for the processor profile of this run; null for none. */
  readonly profileDir: string | null
  /** Settings that override the program's defaults. */
  readonly settings?: Readonly<Record<string, string>>
}

const READY_LIMIT_MS = 30_000

/** Starts the built program on a free port and waits until it is ready. */
export const startProduct = async ({ brokers, profileDir, settings }: ProductOptions): Promise<Product> => {
  const [port = 0] = await freePorts(1)
  const child = await startChild({
    script: fileURLToPath(new URL('../../../dist/cli.js', import.meta.url)),
    nodeFlags: profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`],
    env: { HOST: '127.0.0.1', PORT: String(port), KAFKA_BROKERS: brokers, LOG_LEVEL: 'error', ...settings },
  })
  try {
    await waitUntilReady(child, `http://127.0.0.1:${port}/readyz`)
  } catch (error) {
    await child[Symbol.asyncDispose]()
    throw error
  }
  return {
    child,
    pid: child.pid,
    httpUrl: `http://127.0.0.1:${port}/graphql`,
    wsUrl: `ws://127.0.0.1:${port}/graphql`,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

const waitUntilReady = async (child: Child<typeof probeCalls>, url: string): Promise<void> => {
  const deadline = Date.now() + READY_LIMIT_MS
  for (;;) {
    const isReady = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      answer => answer.ok,
      () => false,
    )
    if (isReady) return
    if (Date.now() > deadline) throw new Error(`the program is not ready: ${child.lastOutput()}`)
    await sleep(50)
  }
}
