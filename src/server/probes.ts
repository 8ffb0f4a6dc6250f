import type { ServerResponse } from 'node:http'
import type { Metrics } from '../observe/metrics.ts'
import { answerJson, answerText } from './answers.ts'

/** Tells why the server cannot do its work at the moment; empty when it can. */
export type Readiness = () => readonly string[]

/** Answers a probe. */
export type Probe = (response: ServerResponse) => Promise<void> | void

/** The process answers: Kafka's troubles are no reason to restart it. */
const livez: Probe = response => answerText(response, 200, 'alive')

/** The probes by path. */
export const createProbes = (readiness: Readiness, metrics: Metrics): ReadonlyMap<string, Probe> =>
  new Map<string, Probe>([
    ['/livez', livez],
    [
      '/readyz',
      response => {
        const reasons = readiness()
        const isReady = reasons.length === 0
        answerJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', reasons })
      },
    ],
    [
      '/metrics',
      async response => {
        const text = await metrics.render()
        response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text)
      },
    ],
  ])
