import type { ServerResponse } from 'node:http'
import type { Metrics } from '../../observe/metrics.ts'
import { answerJson, answerText } from '../http/answers.ts'

/** Lists why the server is not ready at the moment; empty when it is. */
export type Readiness = () => readonly string[]

/** A health probe. */
export interface Probe {
  /** True when load balancers may ask under any Host, or none. They get the status without reasons. */
  readonly isForEveryHost: boolean
  /** `isKnown` is true when the request's Host is a name of this server. */
  answer(response: ServerResponse, isKnown: boolean): Promise<void> | void
}

/** The process responds. A Kafka outage is no reason to restart it. */
const livez: Probe = { isForEveryHost: true, answer: response => answerText(response, 200, 'alive') }

const createReadyz = (readiness: Readiness): Probe => ({
  isForEveryHost: true,
  answer(response, isKnown) {
    const reasons = readiness()
    const isReady = reasons.length === 0
    const status = isReady ? 'ready' : 'not ready'
    answerJson(response, isReady ? 200 : 503, isKnown ? { status, reasons } : { status })
  },
})

const createMetricsProbe = (metrics: Metrics): Probe => ({
  isForEveryHost: false,
  async answer(response) {
    const text = await metrics.render()
    response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text)
  },
})

/** The probes by path. */
export const createProbes = (readiness: Readiness, metrics: Metrics): ReadonlyMap<string, Probe> =>
  new Map([
    ['/livez', livez],
    ['/readyz', createReadyz(readiness)],
    ['/metrics', createMetricsProbe(metrics)],
  ])
