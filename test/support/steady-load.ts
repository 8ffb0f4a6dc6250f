import { setTimeout as sleep } from 'node:timers/promises'

/** Calls at a steady pace. */
export interface SteadyLoad {
  /** Duration of each call, ms. */
  readonly took: readonly number[]
  /** Settles when every call has. Fails when one did. */
  stop(): Promise<void>
}

/** Calls `send` with 0, 1, 2, … every `pauseMs`, without waiting for earlier calls, until it is stopped. */
export const startSteadyLoad = (pauseMs: number, send: (number: number) => Promise<void>): SteadyLoad => {
  const took: number[] = []
  const running: Promise<void>[] = []
  const stopping = new AbortController()
  const timed = async (number: number): Promise<void> => {
    const began = Date.now()
    await send(number)
    took.push(Date.now() - began)
  }
  const run = async (): Promise<void> => {
    for (let number = 0; !stopping.signal.aborted; number++) {
      running.push(timed(number))
      await sleep(pauseMs)
    }
    await Promise.all(running)
  }
  const done = run()
  return {
    took,
    stop: () => {
      stopping.abort()
      return done
    },
  }
}
