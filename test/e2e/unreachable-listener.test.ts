import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Logger, readConfig, startApp } from '../../src/index.ts'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { startTestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { ownKafka } from '../support/local-kafka.ts'

/** What a broker in a container tells by mistake: an address that only its neighbours know. */
const NOWHERE = 'broker0.invalid:29092'

let kafka: LocalKafka
let farPort: number

beforeAll(async () => {
  farPort = await freePort()
  kafka = await ownKafka({
    nodes: 1,
    extraProperties: ({ brokerPort, controllerPort }) => {
      const inside = `PLAINTEXT://127.0.0.1:${brokerPort}`
      return {
        listeners: `${inside},OUTSIDE://127.0.0.1:${farPort},CONTROLLER://127.0.0.1:${controllerPort}`,
        'advertised.listeners': `${inside},OUTSIDE://${NOWHERE}`,
        'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,OUTSIDE:PLAINTEXT',
      }
    },
  })
})
afterAll(() => kafka?.close())

test('brokers that name addresses which cannot be reached: each answer, /readyz and the log tell the address and why', async () => {
  await using inside = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers })
  const topic = await inside.freshTopic()
  const warnings: object[] = []
  const silent = () => {}
  const logger: Logger = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (fields, text) => void warnings.push({ ...fields, text }),
  }
  const config = readConfig([], { PORT: '0', KAFKA_BROKERS: `127.0.0.1:${farPort}` })
  await using app = await startApp(config, { logger })
  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ query, variables: { topic } })
    const asked = await fetch(app.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) })
    return asked.json()
  }
  const why = /broker0\.invalid:29092.*ENOTFOUND|broker0\.invalid:29092.*EAI_AGAIN/
  const { data, errors } = await ask(
    'query ($topic: String!) { topic(name: $topic) { name partitions { latestOffset } } }',
  )
  expect(data).toEqual({ topic: { name: topic, partitions: [{ latestOffset: null }] } })
  expect(errors).toMatchObject([{ message: expect.stringMatching(why), extensions: { code: 'KAFKA_UNAVAILABLE' } }])
  const written = await ask(`mutation ($topic: String!) {
    produce(input: { topic: $topic, timeout: "PT3S", messages: [{ value: { string: "x" } }] }) { errors { code message } }
  }`)
  expect(written.data.produce.errors).toEqual([{ code: 'REQUEST_TIMED_OUT', message: expect.stringMatching(why) }])
  const groups = await ask('{ cluster { groups { nodes { groupId } } } }')
  expect(groups.errors).toMatchObject([{ message: expect.stringMatching(why) }])
  await eventually(async () => {
    const ready = await fetch(new URL('/readyz', app.url))
    expect(ready.status).toBe(503)
    const told = await ready.text()
    expect(told).toMatch(why)
    expect(told).toContain('advertised.listeners')
  })
  expect(warnings).toContainEqual({
    address: NOWHERE,
    reason: expect.stringMatching(why),
    text: 'a broker cannot be reached',
  })
}, 120_000)
