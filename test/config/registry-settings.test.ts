import { createPrivateKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { ConfigProblem, type SettingProblem } from '../../src/config/config-problem.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { type TlsAuthority, tlsAuthority } from '../support/tls-authority.ts'

type Settings = Readonly<Record<string, string>>

const problemsOf = (env: Settings): readonly SettingProblem[] => {
  try {
    readConfig([], env)
    return []
  } catch (thrown) {
    if (thrown instanceof ConfigProblem) return thrown.problems
    throw thrown
  }
}

const url = { SCHEMA_REGISTRY_URL: 'https://registry.example.org' }

test('without settings there is no schema registry', () => {
  expect(readConfig([], {})).toMatchObject({ schemaRegistryUrl: null, schemaRegistryToken: null, localRegistry: false })
})

test('URLs keep their path and lose the slash at their end; several are read in order', () => {
  const config = readConfig([], { SCHEMA_REGISTRY_URL: 'http://one:8081/, https://two/apis/ccompat/v7/' })
  expect(config.schemaRegistryUrl).toEqual(['http://one:8081', 'https://two/apis/ccompat/v7'])
})

describe('a URL that cannot be used says what would be right, and shows no password', () => {
  test.each([
    ['registry:8081', 'is not http or https'],
    ['registry', 'is not a URL, such as https://registry.example.org'],
    ['ftp://registry', 'is not http or https'],
    ['http://alice:hunter2@registry', 'SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD'],
    ['alice:hunter2@', 'is not http or https'],
    ['http://registry?a=b', 'has a query or a fragment'],
    ['http://registry/api?token=hunter2', '"http://registry/api" has a query or a fragment'],
    ['ftp://registry#hunter2', 'is not http or https'],
    [',', 'an item of the list is empty'],
  ])('%s', (text, problem) => {
    const found = problemsOf({ SCHEMA_REGISTRY_URL: text })
    expect(found).toEqual([{ setting: 'SCHEMA_REGISTRY_URL', problem: expect.stringContaining(problem) }])
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })
})

describe('settings that do not go together', () => {
  test.each<[string, Settings, string]>([
    ['SCHEMA_REGISTRY_PASSWORD', { ...url, SCHEMA_REGISTRY_USERNAME: 'a' }, 'is missing'],
    ['SCHEMA_REGISTRY_USERNAME', { ...url, SCHEMA_REGISTRY_PASSWORD: 'a' }, 'is missing'],
    [
      'SCHEMA_REGISTRY_USERNAME',
      { ...url, SCHEMA_REGISTRY_USERNAME: 'a:b', SCHEMA_REGISTRY_PASSWORD: 'c' },
      'contains a colon',
    ],
    [
      'SCHEMA_REGISTRY_TOKEN',
      { ...url, SCHEMA_REGISTRY_USERNAME: 'a', SCHEMA_REGISTRY_PASSWORD: 'b', SCHEMA_REGISTRY_TOKEN: 'c' },
      'keep one',
    ],
    ['SCHEMA_REGISTRY_TOKEN', { ...url, SCHEMA_REGISTRY_TOKEN: 'two words' }, 'a header cannot hold'],
    ['SCHEMA_REGISTRY_TOKEN', { SCHEMA_REGISTRY_TOKEN: 'a' }, 'without SCHEMA_REGISTRY_URL'],
    ['LOCAL_REGISTRY', { ...url, LOCAL_REGISTRY: 'true' }, 'keep one'],
    ['LOCAL_REGISTRY', { KAFKA_BROKERS: 'kafka:9092', LOCAL_REGISTRY: 'true' }, 'SCHEMA_REGISTRY_URL'],
  ])('%s of %o', (setting, env, problem) => {
    expect(problemsOf(env)).toEqual([{ setting, problem: expect.stringContaining(problem) }])
  })
})

describe('TLS', () => {
  let dir: TempDir
  let authority: TlsAuthority

  beforeAll(async () => {
    dir = await tempDir()
    authority = await tlsAuthority(dir.path)
  })
  afterAll(() => dir?.[Symbol.asyncDispose]())

  test('certificates and keys that belong together are taken', async () => {
    const { cert, key } = await authority.issue('one')
    const tls = { SCHEMA_REGISTRY_TLS_CA: authority.ca, SCHEMA_REGISTRY_TLS_CERT: cert, SCHEMA_REGISTRY_TLS_KEY: key }
    expect(problemsOf({ ...url, ...tls })).toEqual([])
    expect(problemsOf({ SCHEMA_REGISTRY_URL: 'http://registry', ...tls })).toEqual(
      Object.keys(tls).map(setting => ({ setting, problem: expect.stringContaining('needs an https URL') })),
    )
  })

  test('mistakes are named as for Kafka', async () => {
    const [one, other] = [await authority.issue('one'), await authority.issue('other')]
    expect(problemsOf({ ...url, SCHEMA_REGISTRY_TLS_CERT: one.cert, SCHEMA_REGISTRY_TLS_KEY: other.key })).toEqual([
      {
        setting: 'SCHEMA_REGISTRY_TLS_CERT',
        problem: expect.stringContaining('is not the certificate of SCHEMA_REGISTRY_TLS_KEY'),
      },
    ])
    expect(problemsOf({ ...url, SCHEMA_REGISTRY_TLS_CERT: one.cert })).toEqual([
      { setting: 'SCHEMA_REGISTRY_TLS_KEY', problem: expect.stringContaining('is missing') },
    ])
    expect(problemsOf({ ...url, SCHEMA_REGISTRY_TLS_CA: '/etc/ca.pem' })).toEqual([
      { setting: 'SCHEMA_REGISTRY_TLS_CA', problem: expect.stringContaining('SCHEMA_REGISTRY_TLS_CA_FILE') },
    ])
    const sealed = createPrivateKey(one.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    })
    const env = { ...url, SCHEMA_REGISTRY_TLS_CERT: one.cert, SCHEMA_REGISTRY_TLS_KEY: String(sealed) }
    expect(problemsOf(env)).toEqual([
      { setting: 'SCHEMA_REGISTRY_TLS_KEY', problem: expect.stringContaining('without a passphrase') },
    ])
  })
})
