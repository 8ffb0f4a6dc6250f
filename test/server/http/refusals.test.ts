import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { ask, askGraphQL } from '../support/ask.ts'
import { collectingLogger, startTestServer } from '../support/start-test-server.ts'

const startLogged = async () => {
  const logger = collectingLogger()
  const server = await startTestServer({ logger })
  return { server, logger, [Symbol.asyncDispose]: () => server.close() }
}

test('the first refusal of each Host and each Origin is logged, with the setting that would allow it', async () => {
  await using logged = await startLogged()
  const { server, logger } = logged
  for (let round = 0; round < 3; round++) {
    await askGraphQL(server.url, '{ hello }', { host: 'kafka.example.org:8080' })
    await askGraphQL(server.url, '{ hello }', { origin: 'https://app.example.org' })
    await askGraphQL(server.url, '{ hello }', { origin: 'null' })
  }
  const socket = new WebSocket(server.socketUrl, 'graphql-transport-ws', {
    headers: { origin: 'https://other.example' },
  })
  await new Promise(resolve => socket.on('error', resolve))
  expect(logger.lines).toEqual([
    {
      level: 'warn',
      message: expect.stringMatching(/Host are refused: .*add it to ALLOWED_HOSTS/),
      host: 'kafka.example.org:8080',
      setting: 'ALLOWED_HOSTS',
    },
    {
      level: 'warn',
      message: expect.stringMatching(/Origin are refused: .*add it to ALLOWED_ORIGINS/),
      origin: 'https://app.example.org',
      setting: 'ALLOWED_ORIGINS',
    },
    expect.objectContaining({ origin: 'null', message: expect.stringContaining('cannot be allowed') }),
    expect.objectContaining({ origin: 'https://other.example', setting: 'ALLOWED_ORIGINS' }),
  ])
})

test('names invented by a client do not flood the log, nor does a long one', async () => {
  await using logged = await startLogged()
  const { server, logger } = logged
  await ask(server.url, { headers: { host: 'x'.repeat(10_000) } })
  for (let name = 0; name < 80; name++) await ask(server.url, { headers: { host: `name-${name}.example` } })
  expect(logger.lines).toHaveLength(51)
  expect(logger.lines.at(-1)).toMatchObject({ message: 'further refused names are not logged' })
  expect(Math.max(...logger.lines.map(({ host = '' }) => String(host).length))).toBe(260)
  await ask(server.url, { headers: { origin: 'https://app.example.org' } })
  expect(logger.lines.at(-1)).toMatchObject({ origin: 'https://app.example.org' })
})

test('a WebSocket handshake without its Upgrade or Connection header gets an error that names the proxy as the cause', async () => {
  await using logged = await startLogged()
  const { server, logger } = logged
  const handshake = {
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
    'sec-websocket-protocol': 'graphql-transport-ws',
  }
  const forms = [
    { ...handshake, connection: 'close' },
    { ...handshake, connection: 'Upgrade' },
    { ...handshake, connection: 'close', upgrade: 'websocket' },
    { 'sec-websocket-version': '13', accept: 'text/html' },
  ]
  for (const headers of forms) {
    const answer = await ask(server.url, { headers })
    expect([answer.status, answer.headers.upgrade], JSON.stringify(headers)).toEqual([426, 'websocket'])
    expect(answer.text).toMatch(/a proxy before this server removed them.*nginx/)
  }
  expect(logger.lines).toEqual([
    { level: 'warn', message: expect.stringContaining('a proxy before this server removed it') },
  ])
  const foreign = await ask(server.url, { headers: { ...handshake, origin: 'https://evil.example' } })
  expect(foreign.status).toBe(403)
})
