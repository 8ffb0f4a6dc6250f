import { once } from 'node:events'
import { createServer as createPlainServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testCall } from '../../../support/call.ts'
import { eventually } from '../../../support/eventually.ts'
import { freePort } from '../../../support/free-port.ts'
import { type TempDir, tempDir } from '../../../support/temp-dir.ts'
import { type TlsAuthority, tlsAuthority } from '../../../support/tls-authority.ts'
import { openKafka, testLimits } from '../../open-kafka.ts'
import { startScriptedBroker } from '../scripted-broker.ts'

const sasl = { mechanism: 'plain', username: 'somebody', password: 'secret' } as const
const SASL_HANDSHAKE = 17
const SASL_AUTHENTICATE = 36

let dir: TempDir
let authority: TlsAuthority
beforeAll(async () => {
  dir = await tempDir()
  authority = await tlsAuthority(dir.path)
})
afterAll(() => dir?.[Symbol.asyncDispose]())

/** Listens until disposed, then closes open connections. */
const listening = async (server: Server, port = 0) => {
  const open = new Set<Socket>()
  server.on('connection', socket => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('the server has no port')
  return {
    address: `127.0.0.1:${at.port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const tlsListener = async (options: TlsOptions = {}, days = 2, port = 0) => {
  const identity = await authority.issue('listener', { days })
  const server = createTlsServer({ ...identity, ...options }, socket => socket.on('error', () => {}))
  server.on('tlsClientError', () => {})
  return listening(server, port)
}

describe('TLS faults of a listener that is not a broker', () => {
  it('its certificate has expired', async () => {
    await using listener = await tlsListener({}, -1)
    await using kafka = openKafka(listener.address, { tls: { ca: [authority.ca] } })
    await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject({
      code: 'TLS_FAILED',
      message: expect.stringMatching(/has expired: renew it there/),
    })
  })

  it('it shares no version of TLS with this program', async () => {
    await using listener = await tlsListener({ maxVersion: 'TLSv1.2' })
    await using kafka = openKafka(listener.address, { tls: { ca: [authority.ca], minVersion: 'TLSv1.3' } })
    await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject({
      code: 'TLS_FAILED',
      message: expect.stringMatching(/share no version of TLS/),
    })
  })

  it('it speaks TLS, with any protocol inside', async () => {
    await using listener = await tlsListener()
    for (const login of [{}, { sasl }]) {
      await using kafka = openKafka(listener.address, login)
      await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject({
        code: 'TLS_FAILED',
        message: expect.stringMatching(/it speaks TLS: set KAFKA_TLS/),
      })
    }
  })
})

describe('temporary faults stay retriable', () => {
  const impatient = { limits: { catalog: { ...testLimits.catalog, deadlineMs: 2500 } } }
  const unavailable = { code: 'KAFKA_UNAVAILABLE', retriable: true }
  const ways = (): readonly object[] => [{}, { sasl }, { tls: { ca: [authority.ca] } }, { tls: true, sasl }]

  it.each([
    ['closes at once', (socket: Socket) => socket.destroy()],
    ['speaks HTTP', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['says nothing', () => {}],
  ])('a listener that %s', async (_, serve: (socket: Socket) => void) => {
    await using listener = await listening(createPlainServer(serve))
    const refused = async (way: object) => {
      await using kafka = openKafka(listener.address, { ...impatient, ...way })
      await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject(unavailable)
    }
    // At once: each waits for its deadline.
    await Promise.all(ways().map(refused))
  })

  it('a broker that dies during login', async () => {
    await using broker = await startScriptedBroker({
      [SASL_HANDSHAKE]: () => Buffer.from('0000000000010005504c41494e', 'hex'),
      [SASL_AUTHENTICATE]: () => 'hang up',
    })
    await using kafka = openKafka(broker.address, { sasl, ...impatient })
    await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject(unavailable)
  })

  it('one wrong address and one that is down: both reasons are reported', async () => {
    await using listener = await tlsListener()
    const down = `127.0.0.1:${await freePort()}`
    await using kafka = openKafka(`${listener.address},${down}`, impatient)
    await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringMatching(/(?=.*it speaks TLS)(?=.*ECONNREFUSED)/),
    })
  })
})

it('a mistake that shows only once the broker is up is logged then, once', async () => {
  const port = await freePort()
  const lines: string[] = []
  const silent = () => {}
  const warn = (fields: Readonly<Record<string, unknown>>) => void lines.push(String(fields.reason))
  const logger = { debug: silent, info: silent, error: silent, warn }
  const limits = { clusterMap: { ...testLimits.clusterMap, refreshMs: 50, urgentRefreshMs: 10 } }
  await using kafka = openKafka(`127.0.0.1:${port}`, { logger, limits })
  await eventually(() => expect(lines).toHaveLength(2))
  let taken = 0
  await using _ = await tlsListener({}, 2, port)
  await eventually(() => expect(lines.slice(2)).toHaveLength(2))
  for (const reason of lines.slice(2)) expect(reason).toContain('it speaks TLS')
  await eventually(async () => {
    await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject({ code: 'TLS_FAILED' })
    expect(++taken).toBeGreaterThan(20)
  })
  expect(lines).toHaveLength(4)
})
