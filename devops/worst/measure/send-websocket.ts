import { WebSocket } from 'ws'
import type { WorstRequest } from '../requests/worst-request.ts'
import type { Answer } from './send-http.ts'

/** Events are read up to this many, up to a number of bytes, or until none arrives for a while. */
const MOST_EVENTS = 64
const MOST_BYTES = 512_000_000
const QUIET_MS = 700

/** Subscribes, reads the first events and leaves. */
export const sendWebSocket = (url: string, { query, variables }: WorstRequest, limitMs: number): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { maxPayload: 0 })
    let bytes = 0
    let events = 0
    let code: string | null = null
    let quiet: NodeJS.Timeout | undefined
    const limit = setTimeout(() => finish(), limitMs)
    const finish = () => {
      clearTimeout(limit)
      clearTimeout(quiet)
      socket.terminate()
      resolve({ bytes, code })
    }
    socket.on('error', error => {
      clearTimeout(limit)
      clearTimeout(quiet)
      reject(error)
    })
    socket.on('close', (closeCode: number) => {
      code ??= closeCode === 1006 ? null : `closed with ${closeCode}`
      finish()
    })
    socket.on('open', () => socket.send('{"type":"connection_init"}'))
    socket.on('message', (data: Buffer) => {
      clearTimeout(quiet)
      const head = data.toString('latin1', 0, 4096)
      if (head.startsWith('{"type":"connection_ack"')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
        return
      }
      bytes += data.length
      events += 1
      const end = data.toString('latin1', Math.max(0, data.length - 4096))
      code ??= /"errors"|"type":"error"/.test(head + end) ? (/"code":"(\w+)"/.exec(head + end)?.[1] ?? 'error') : null
      if (events >= MOST_EVENTS || bytes >= MOST_BYTES || head.includes('"type":"complete"')) return finish()
      quiet = setTimeout(finish, QUIET_MS)
    })
  })
