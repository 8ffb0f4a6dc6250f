import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { ByteReader } from '../../wire/byte-reader.ts'
import { ByteWriter } from '../../wire/byte-writer.ts'

/** The address of a listener, and the time limit of a probe. */
export interface ListenerAt {
  readonly host: string
  readonly port: number
  readonly withinMs: number
}

/**
 * The result of a probe: the response after its correlation id, a socket or TLS error, a closed connection, silence, or
 * only a TLS handshake.
 */
export type Reply =
  | { readonly kind: 'answer'; readonly body: Buffer }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'secured' }

const API_VERSIONS = 18
const SASL_HANDSHAKE = 17
/** Any value will do: the response repeats it. */
const CORRELATION_ID = 0x6b677171
/** Kafka's responses are below 2 KiB here. Another server may send anything. */
const LONGEST = 64 * 1024
const PREFIX = 8
/** Minimum time to wait for an alert after a handshake, in ms. */
const LEAST_ALERT_MS = 200

const frameOf = (apiKey: number, apiVersion: number, body: Buffer): Buffer => {
  const head = new ByteWriter().int16(apiKey).int16(apiVersion).int32(CORRELATION_ID).string('kafka-graphql').toBuffer()
  return new ByteWriter()
    .int32(head.length + body.length)
    .raw(head)
    .raw(body)
    .toBuffer()
}

/** The response in these bytes; null while incomplete, undefined if it is not a Kafka response. */
const answerIn = (bytes: Buffer): Buffer | null | undefined => {
  if (bytes.length < PREFIX) return null
  const length = bytes.readInt32BE(0)
  if (length < 4 || length > LONGEST || bytes.readInt32BE(4) !== CORRELATION_ID) return undefined
  return bytes.length < 4 + length ? null : bytes.subarray(PREFIX, 4 + length)
}

const open = ({ host, port }: ListenerAt, tls: ConnectionOptions | null, onReady: () => void): Socket =>
  tls === null
    ? connectPlain({ host, port }, onReady)
    : connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...tls }, onReady)

/** One probe connection. `onReady` may write or settle. The end of the connection or the time limit also settles it. */
const probe = (
  at: ListenerAt,
  tls: ConnectionOptions | null,
  onReady: (socket: Socket, settle: (reply: Reply) => void) => void,
): Promise<Reply> =>
  new Promise(resolve => {
    const socket = open(at, tls, () => onReady(socket, settle))
    const timer = setTimeout(() => settle({ kind: 'silent' }), at.withinMs)
    const settle = (reply: Reply): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(reply)
    }
    socket.on('error', error => {
      const code = 'code' in error ? String(error.code) : ''
      settle({ kind: 'failed', code, message: error.message })
    })
    socket.on('close', () => settle({ kind: 'closed' }))
  })

const exchange = (at: ListenerAt, tls: ConnectionOptions | null, frame: Buffer): Promise<Reply> =>
  probe(at, tls, (socket, settle) => {
    let bytes = Buffer.alloc(0)
    socket.on('data', chunk => {
      bytes = Buffer.concat([bytes, chunk])
      const body = answerIn(bytes)
      if (body !== null) settle(body === undefined ? { kind: 'closed' } : { kind: 'answer', body })
    })
    socket.write(frame)
  })

/**
 * Performs only the TLS handshake. In TLS 1.3 a server refuses the client's certificate after the client has finished.
 * Bytes sent meanwhile could lose that alert, so the probe waits for it and sends nothing.
 */
export const probeTls = (at: ListenerAt, tls: ConnectionOptions): Promise<Reply> => {
  const began = performance.now()
  return probe(at, tls, (_socket, settle) => {
    const alertMs = Math.max(LEAST_ALERT_MS, 2 * (performance.now() - began))
    setTimeout(() => settle({ kind: 'secured' }), Math.min(alertMs, at.withinMs)).unref()
  })
}

/** True if Kafka answers there without TLS. */
export const speaksPlainly = async (at: ListenerAt): Promise<boolean> => {
  const reply = await exchange(at, null, frameOf(API_VERSIONS, 0, Buffer.alloc(0)))
  return reply.kind === 'answer'
}

/** The SASL mechanisms that a listener supports; null if it supports none or does not answer. */
export const askMechanisms = async (
  at: ListenerAt,
  tls: ConnectionOptions | null,
): Promise<readonly string[] | null> => {
  const reply = await exchange(at, tls, frameOf(SASL_HANDSHAKE, 1, new ByteWriter().string('?').toBuffer()))
  if (reply.kind !== 'answer') return null
  try {
    const reader = new ByteReader(reply.body)
    reader.int16()
    const mechanisms = reader.array(() => reader.string() ?? '')
    return mechanisms.length > 0 ? mechanisms : null
  } catch {
    return null
  }
}
