import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Logger, readConfig, startApp } from '../../src/index.ts'
import { startTestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { newPassword, type SecuredKafka, securedKafka } from '../support/secured-kafka.ts'
import { graphqlWs } from '../support/subscribe.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { tlsAuthority } from '../support/tls-authority.ts'

type Settings = Readonly<Record<string, string>>

let kafka: SecuredKafka
let dir: TempDir

beforeAll(async () => {
  dir = await tempDir()
  kafka = await securedKafka()
}, 180_000)
afterAll(async () => {
  await kafka?.[Symbol.asyncDispose]()
  await dir?.[Symbol.asyncDispose]()
})

const login = (mechanism = 'plain', password = kafka.plain.password): Settings => ({
  KAFKA_SASL_MECHANISM: mechanism,
  KAFKA_SASL_USERNAME: kafka.plain.username,
  KAFKA_SASL_PASSWORD: password,
})
const trusted = (): Settings => ({ KAFKA_TLS_CA: kafka.authority.ca })
const identity = async (name: string, days = 2): Promise<Settings> => {
  const { cert, key } = await kafka.authority.issue(name, { days })
  return { KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key }
}
const stranger = async (): Promise<Settings> => {
  const other = await tlsAuthority(dir.path)
  const { cert, key } = await other.issue('stranger')
  return { KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key }
}

const PRODUCE = 'mutation { produce(input: { topic: "t", messages: [{}] }) { errors { code message retriable } } }'

/** What a program with these settings answers, shows to probes and logs. */
const mistakeOf = async (settings: Settings) => {
  const warnings: string[] = []
  const silent = () => {}
  const logger: Logger = {
    debug: silent,
    info: silent,
    error: silent,
    warn: fields => void warnings.push(String(fields.reason)),
  }
  await using app = await startApp(readConfig([], { PORT: '0', ...settings }), { logger })
  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(30_000)
    const asked = await fetch(app.url, { method: 'POST', headers, body: JSON.stringify({ query }), signal })
    return asked.json()
  }
  const { errors } = await ask('{ cluster { clusterId } }')
  const created = await ask('mutation { createTopics(topics: [{ name: "t" }]) { errors { code message retriable } } }')
  const produced = await ask(PRODUCE)
  let readyz = ''
  await eventually(async () => {
    const ready = await fetch(new URL('/readyz', app.url))
    expect(ready.status).toBe(503)
    readyz = await ready.text()
    expect(readyz).toContain(errors[0].message.slice(0, 60).replaceAll('"', '\\"'))
  })
  const { message, extensions } = errors[0]
  const refusals = [...created.data.createTopics.errors, ...produced.data.produce.errors]
  return { message, code: extensions.code, retriable: extensions.retriable, refusals, readyz, warnings }
}

/** Every answer, /readyz and the log name the setting, and nothing calls it retriable. */
const expectMistake = async (settings: Settings, code: string, told: RegExp) => {
  const mistake = await mistakeOf(settings)
  expect(mistake).toMatchObject({ code, retriable: false, message: expect.stringMatching(told) })
  const address = settings.KAFKA_BROKERS ?? ''
  expect(mistake.message).toContain(address)
  for (const refusal of mistake.refusals)
    expect(refusal).toEqual({ code, retriable: false, message: expect.stringMatching(told) })
  expect(mistake.refusals.length).toBeGreaterThan(1)
  expect(mistake.readyz).toMatch(told)
  expect(mistake.warnings.filter(reason => told.test(reason)).length).toBeGreaterThan(0)
}

describe('certificates', () => {
  test('none is presented where one is wanted', async () => {
    const told = /requires a client certificate.*KAFKA_TLS_CERT and KAFKA_TLS_KEY/
    await expectMistake({ KAFKA_BROKERS: kafka.tls, ...trusted() }, 'TLS_FAILED', told)
  })

  test('one of another authority, and one that has expired, are not accepted', async () => {
    const at = { KAFKA_BROKERS: kafka.tls, ...trusted() }
    await expectMistake({ ...at, ...(await stranger()) }, 'TLS_FAILED', /KAFKA_TLS_CERT.*truststore/)
    await expectMistake({ ...at, ...(await identity('old', -1)) }, 'TLS_FAILED', /KAFKA_TLS_CERT, which has expired/)
  })

  test("the broker's is of an authority that is not known", async () => {
    const told = /not trusted here.*KAFKA_TLS_CA/
    await expectMistake({ KAFKA_BROKERS: kafka.tls, KAFKA_TLS: 'true' }, 'TLS_FAILED', told)
    const other = await tlsAuthority(dir.path)
    await expectMistake({ KAFKA_BROKERS: kafka.saslTls, KAFKA_TLS_CA: other.ca, ...login() }, 'TLS_FAILED', told)
  })

  test("the broker's is for another name", async () => {
    const named = kafka.tls.replace('127.0.0.1', 'localhost')
    await expectMistake({ KAFKA_BROKERS: named, ...trusted() }, 'TLS_FAILED', /other names.*KAFKA_BROKERS.*localhost/)
  })
})

describe('TLS on one side only', () => {
  test('is spoken to a listener without it', async () => {
    const told = /does not speak TLS: unset KAFKA_TLS/
    await expectMistake({ KAFKA_BROKERS: kafka.bootstrapServers, KAFKA_TLS: 'true' }, 'TLS_FAILED', told)
    await expectMistake({ KAFKA_BROKERS: kafka.sasl, ...trusted(), ...login() }, 'TLS_FAILED', told)
  })

  test('is not spoken to a listener with it', async () => {
    const told = /speaks TLS: set KAFKA_TLS or KAFKA_TLS_CA/
    await expectMistake({ KAFKA_BROKERS: kafka.tls }, 'TLS_FAILED', told)
    await expectMistake({ KAFKA_BROKERS: kafka.saslTls, ...login() }, 'TLS_FAILED', told)
  })
})

describe('SASL', () => {
  test('is not set for a listener that wants it', async () => {
    const told = (mechanisms: string) =>
      new RegExp(`requires SASL \\(${mechanisms}\\): set KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME`)
    const three = '(?=.*scram-sha-512)(?=.*scram-sha-256)(?=.*plain).*'
    await expectMistake({ KAFKA_BROKERS: kafka.sasl }, 'SASL_AUTHENTICATION_FAILED', told(three))
    await expectMistake({ KAFKA_BROKERS: kafka.saslTls, ...trusted() }, 'SASL_AUTHENTICATION_FAILED', told('plain'))
  })

  test('is set for a listener without it', async () => {
    const told = /does not support SASL: unset KAFKA_SASL_MECHANISM/
    await expectMistake({ KAFKA_BROKERS: kafka.bootstrapServers, ...login() }, 'ILLEGAL_SASL_STATE', told)
    const tls = { KAFKA_BROKERS: kafka.tls, ...trusted(), ...(await identity('gateway')) }
    await expectMistake({ ...tls, ...login() }, 'ILLEGAL_SASL_STATE', told)
  })

  test('with a mechanism that is not enabled: the enabled ones are listed', async () => {
    for (const mechanism of ['scram-sha-256', 'scram-sha-512']) {
      const told = new RegExp(`does not support ${mechanism}; it supports plain \\(KAFKA_SASL_MECHANISM\\)`)
      const settings = { KAFKA_BROKERS: kafka.saslTls, ...trusted(), ...login(mechanism) }
      await expectMistake(settings, 'UNSUPPORTED_SASL_MECHANISM', told)
    }
  })

  test('with a wrong password', async () => {
    const told = /[Aa]uthentication failed.*: check KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD/
    for (const mechanism of ['plain', 'scram-sha-512']) {
      const settings = { KAFKA_BROKERS: kafka.sasl, ...login(mechanism, newPassword()) }
      await expectMistake(settings, 'SASL_AUTHENTICATION_FAILED', told)
    }
  })
})

test('a KRaft controller as bootstrap is called one, with what to point at instead', async () => {
  const told = /is a KRaft controller, but clients need a broker: .*KAFKA_BROKERS/
  for (const settings of [{}, login()])
    await expectMistake({ KAFKA_BROKERS: kafka.controller, ...settings }, 'MISMATCHED_ENDPOINT_TYPE', told)
})

test('one mistaken address beside a good one is logged, and does no harm', async () => {
  await using app = await startTestApp({ KAFKA_BROKERS: `${kafka.controller},${kafka.tls},${kafka.bootstrapServers}` })
  expect(await app.dataOf('{ cluster { brokers { nodeId } } }')).toEqual({ cluster: { brokers: [{ nodeId: 1 }] } })
})

test('a subscription that begins ends with the mistake, too', async () => {
  const config = readConfig([], { PORT: '0', KAFKA_BROKERS: kafka.sasl })
  const silent = () => {}
  await using app = await startApp(config, { logger: { debug: silent, info: silent, warn: silent, error: silent } })
  await using client = graphqlWs({ socketUrl: app.url.replace('http', 'ws') })
  using reader = client.subscribe('subscription { messages(topic: "t") { offset } }')
  expect(await reader.failure()).toMatchObject({
    message: expect.stringContaining('set KAFKA_SASL_MECHANISM'),
    extensions: { code: 'SASL_AUTHENTICATION_FAILED', retriable: false },
  })
})
