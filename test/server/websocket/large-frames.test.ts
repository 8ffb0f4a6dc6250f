import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { openSocket } from '../support/socket-client.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const LARGE = 'x'.repeat(300_000)
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('frames behind a large one wait for it, and each has its answer', async () => {
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', 'mutation ($t: String!) { write(text: $t) }', { t: LARGE })
  client.subscribe('2', 'mutation { write(text: "small") }')
  client.subscribe('3', 'mutation ($t: String!) { write(text: $t) }', { t: `${LARGE}!` })
  client.subscribe('4', 'mutation { write(text: "last") }')
  await eventually(() => expect(client.messages.filter(({ type }) => type === 'complete')).toHaveLength(4))
  expect(server.written.slice(-4).map(text => text.slice(-5))).toEqual(['xxxxx', 'small', 'xxxx!', 'last'])
})

test('a large operation can be cancelled before its turn has come', async () => {
  using client = await openSocket(server.socketUrl)
  client.subscribe('1', 'subscription ($t: String) { count(to: 1, ends: false, text: $t) { number } }', { t: LARGE })
  client.send({ type: 'complete', id: '1' })
  client.send({ type: 'ping' })
  await eventually(() => expect(client.messages.some(({ type }) => type === 'pong')).toBe(true))
  await eventually(() => expect(server.sources.open).toBe(0))
  client.subscribe('1', '{ hello }')
  await eventually(() =>
    expect(client.messages.at(-2)).toMatchObject({ type: 'next', payload: { data: { hello: 'hello world' } } }),
  )
})

test('a socket that closes takes its waiting frames with it', async () => {
  const before = server.written.length
  const client = await openSocket(server.socketUrl)
  client.subscribe('1', 'mutation ($t: String!) { write(text: $t) }', { t: LARGE })
  client.send('no JSON')
  client.subscribe('2', 'mutation { write(text: "never") }')
  expect(await client.closed).toMatchObject({ code: 4400 })
  expect(server.written.slice(before)).not.toContain('never')
})
