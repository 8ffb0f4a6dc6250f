import { setTimeout as sleep } from 'node:timers/promises'
import { LocalKafkaProblem } from '../local-kafka/local-kafka-problem.ts'
import type { RegistryProcess } from './registry-process.ts'

const POLL_MS = 100
const ANSWER_MS = 2000

const answers = async (url: string, over: AbortSignal): Promise<boolean> => {
  try {
    const signal = AbortSignal.any([over, AbortSignal.timeout(ANSWER_MS)])
    const { ok, body } = await fetch(`${url}/schemas/types`, { signal })
    await body?.cancel()
    return ok
  } catch {
    return false
  }
}

/** Waits until the registry answers. @throws LocalKafkaProblem if it ends or is late; the signal's reason */
export const untilReady = async (
  url: string,
  { over, ended }: RegistryProcess,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const late = AbortSignal.timeout(timeoutMs)
  const stop = AbortSignal.any([over, late, signal])
  while (!(await answers(url, stop))) {
    signal.throwIfAborted()
    if (over.aborted)
      throw new LocalKafkaProblem('KAFKA_EXITED', `the local schema registry ended during its start: ${await ended}`)
    if (late.aborted)
      throw new LocalKafkaProblem('NOT_READY', `the local schema registry was not ready within ${timeoutMs} ms`)
    await sleep(POLL_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}
