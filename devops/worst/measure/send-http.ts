import { Agent, request } from 'node:http'
import type { WorstRequest } from '../requests/worst-request.ts'

/** The response. */
export interface Answer {
  readonly bytes: number
  /** Code of the first error; null when there is none, the HTTP status when the response is not GraphQL. */
  readonly code: string | null
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const KEPT = 65_536

const codeIn = (status: number, head: string): string | null => {
  const code = /"code":"(\w+)"/.exec(head)?.[1]
  if (code !== undefined && head.includes('"errors"')) return code
  return status === 200 ? null : `HTTP ${status}`
}

/** Sends one HTTP request and reads the complete response. */
export const sendHttp = (url: string, { query, variables }: WorstRequest, limitMs: number): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ query, variables })
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const sent = request(url, { method: 'POST', agent, headers, signal: AbortSignal.timeout(limitMs) }, answer => {
      let bytes = 0
      let first = ''
      let last = ''
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (first.length < KEPT) first += chunk.toString('latin1', 0, KEPT)
        last = (last + chunk.toString('latin1', Math.max(0, chunk.length - KEPT))).slice(-KEPT)
      })
      answer.on('end', () => resolve({ bytes, code: codeIn(answer.statusCode ?? 0, first + last) }))
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
