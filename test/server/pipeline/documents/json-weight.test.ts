import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isHeavyJson } from '../../../../src/server/pipeline/documents/json-weight.ts'
import { ask } from '../../support/ask.ts'
import { openSocket } from '../../support/socket-client.ts'
import { startTestServer } from '../../support/start-test-server.ts'

const MIB = 1_048_576
const LIMIT = 2 * MIB
const list = (count: number, item: string) => `{"v":[${Array(count).fill(item).join(',')}]}`
let strings = 0
const next = () => (strings++).toString(36)
const isHeavy = (text: string, limit = LIMIT) => isHeavyJson(Buffer.from(text), limit)

test.each([
  ['empty objects', list(600_000, '{}'), true],
  ['empty lists', list(600_000, '[]'), true],
  ['short strings', list(500_000, '""'), true],
  ['200,000 names', list(200_000, '"name-0001"'), false],
  ['10,000 messages', list(10_000, '{"key":{"string":"k"},"value":{"string":"v"}}'), false],
  ['160,000 different strings', list(160_000, '').replaceAll(/,/g, () => `,"${next()}"`), true],
  ['90,000 different names', `{"v":{${Array.from({ length: 90_000 }, () => `"${next()}":1`).join(',')}}}`, true],
  ['10,000 different names', `{"v":{${Array.from({ length: 10_000 }, () => `"${next()}":1`).join(',')}}}`, false],
  ['a million numbers', list(900_000, '1'), false],
  ['a string full of JSON', JSON.stringify({ v: '{[,"'.repeat(400_000) }), false],
  ['a string full of escapes', JSON.stringify({ v: '\\"'.repeat(400_000) }), false],
  ['a string without an end', `{"v":"${'{'.repeat(2 * MIB)}`, false],
  ['a string that ends in an escape', `{"v":"${'\\'.repeat(2 * MIB)}`, false],
] as const)('%s: heavy is %s', (_, text, expected) => {
  expect(isHeavy(text)).toBe(expected)
})

test('who allows larger bodies allows heavier ones', () => {
  expect(isHeavy(list(600_000, '{}'), 16 * MIB)).toBe(false)
})

test('what stands in strings never counts', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 50 }), text => {
      const padding = ' '.repeat(300_000)
      const one = JSON.stringify({ text, padding, rest: '' })
      const many = `{"a":[${Array(40_000).fill(JSON.stringify(text)).join(',')}],"p":"${padding}"}`
      return !isHeavy(one) && !isHeavy(many)
    }),
    { numRuns: 30 },
  )
})

test('heavy requests are refused before they are parsed, over HTTP and WebSocket', async () => {
  const server = await startTestServer()
  try {
    const body = `{"query":"{ hello }","variables":${list(600_000, '{}')}}`
    const { status, text } = await ask(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([413, 'REQUEST_TOO_LARGE'])
    using client = await openSocket(server.socketUrl)
    client.send(`{"id":"1","type":"subscribe","payload":${body}}`)
    expect(await client.closed).toMatchObject({ code: 1009 })
  } finally {
    await server.close()
  }
})
