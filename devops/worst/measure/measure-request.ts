import { setTimeout as sleep } from 'node:timers/promises'
import type { Product } from '../../bench/harness/product.ts'
import { cpuSeconds } from '../../bench/harness/usage.ts'
import type { WorstRequest } from '../requests/worst-request.ts'
import { watchPeakMemory } from './peak-memory.ts'
import { type Answer, sendHttp } from './send-http.ts'
import { sendWebSocket } from './send-websocket.ts'

/** The cost of a request for the server. */
export interface Measured {
  readonly name: string
  readonly atOnce: number
  /** The longest stall of the event loop, ms. */
  readonly stopMs: number
  readonly cpuMs: number
  /** Peak resident memory above the value before, MB (10^6 bytes). */
  readonly addedMb: number
  /** Bytes of all responses. */
  readonly answerBytes: number
  /** The slowest response of `/livez` meanwhile, ms. */
  readonly livezMs: number
  /** Code of the first error, null for a complete response; `failed: …` without a response. */
  readonly code: string | null
}

const LIMIT_MS = 120_000
const BETWEEN_PROBES_MS = 10

const probing = (url: string) => {
  let longest = 0
  let isOver = false
  const loop = (async () => {
    while (!isOver) {
      const began = performance.now()
      await fetch(url).then(
        answer => answer.text(),
        () => undefined,
      )
      longest = Math.max(longest, performance.now() - began)
      await sleep(BETWEEN_PROBES_MS)
    }
  })()
  return async () => {
    isOver = true
    await loop
    return longest
  }
}

const send = ({ httpUrl, wsUrl }: Product, request: WorstRequest): Promise<Answer> => {
  const sent =
    request.transport === 'http' ? sendHttp(httpUrl, request, LIMIT_MS) : sendWebSocket(wsUrl, request, LIMIT_MS)
  return sent.catch(error => ({ bytes: 0, code: `failed: ${error instanceof Error ? error.message : error}` }))
}

/** Sends the same request `atOnce` times at once and measures the server meanwhile. */
export const measureRequest = async (product: Product, request: WorstRequest, atOnce: number): Promise<Measured> => {
  const { child, pid, httpUrl } = product
  await child.call('memoryAfterGc')
  await child.call('watchStalls')
  const grown = watchPeakMemory(pid)
  const cpuBefore = cpuSeconds(pid)
  const slowest = probing(httpUrl.replace('/graphql', '/livez'))
  const answers = await Promise.all(Array.from({ length: atOnce }, () => send(product, request)))
  const livezMs = await slowest()
  return {
    name: request.name,
    atOnce,
    stopMs: await child.call('longestStall'),
    cpuMs: (cpuSeconds(pid) - cpuBefore) * 1000,
    addedMb: grown(),
    answerBytes: answers.reduce((sum, { bytes }) => sum + bytes, 0),
    livezMs,
    code: answers.find(({ code }) => code !== null)?.code ?? null,
  }
}
