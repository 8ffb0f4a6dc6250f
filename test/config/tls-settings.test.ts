import { createPrivateKey } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { ConfigProblem, type SettingProblem } from '../../src/config/config-problem.ts'
import { kafkaTls, outdatedCertificates } from '../../src/config/tls-problems.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { openssl, type TlsAuthority, type TlsIdentity, tlsAuthority } from '../support/tls-authority.ts'

type Settings = Readonly<Record<string, string>>

const problemsOf = (env: Settings): readonly SettingProblem[] => {
  try {
    readConfig([], { KAFKA_BROKERS: 'kafka:9093', ...env })
    return []
  } catch (thrown) {
    if (thrown instanceof ConfigProblem) return thrown.problems
    throw thrown
  }
}

let dir: TempDir
let authority: TlsAuthority
let one: TlsIdentity
let other: TlsIdentity
const file = (name: string) => join(dir.path, name)

/** The key of `one` under a passphrase, in both forms of PEM. */
const encrypted = (type: 'pkcs8' | 'sec1'): string =>
  String(createPrivateKey(one.key).export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' }))

beforeAll(async () => {
  dir = await tempDir()
  authority = await tlsAuthority(dir.path)
  one = await authority.issue('one')
  other = await authority.issue('other')
})
afterAll(() => dir?.[Symbol.asyncDispose]())

test('certificates and keys that belong together are taken, as text and from files', async () => {
  const { cert, key } = one
  const chain = `${cert}${authority.ca}`
  const env = { KAFKA_TLS_CA: authority.ca, KAFKA_TLS_CERT: chain, KAFKA_TLS_KEY: key }
  expect(problemsOf(env)).toEqual([])
  expect(problemsOf({ ...env, KAFKA_TLS_KEY: `${chain}${key}` })).toEqual([])
  await writeFile(file('bom.pem'), `\ufeff${authority.ca.replaceAll('\n', '\r\n')}`)
  expect(problemsOf({ KAFKA_TLS_CA_FILE: file('bom.pem') })).toEqual([])
  for (const type of ['pkcs8', 'sec1'] as const) {
    const sealed = { KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: encrypted(type), KAFKA_TLS_KEY_PASSPHRASE: 'right' }
    expect(problemsOf(sealed), type).toEqual([])
  }
  expect(problemsOf({ KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key, KAFKA_TLS_KEY_PASSPHRASE: 'unused' })).toEqual([])
})

describe('files that are no PEM are named for what they are, with the command that makes PEM of them', () => {
  test.each(['KAFKA_TLS_CA', 'KAFKA_TLS_CERT', 'KAFKA_TLS_KEY'])('%s', async env => {
    const [store, certificate, key] = [file('one.p12'), file('one.der'), file('key.der')]
    await openssl(
      'pkcs12',
      '-export',
      '-in',
      file('one.crt'),
      '-inkey',
      file('one.key'),
      '-out',
      store,
      '-passout',
      'pass:x',
    )
    await openssl('x509', '-in', file('one.crt'), '-outform', 'der', '-out', certificate)
    await openssl('pkey', '-in', file('one.key'), '-outform', 'der', '-out', key)
    await writeFile(file('store.jks'), Buffer.concat([Buffer.from('feedfeed00000002', 'hex'), Buffer.alloc(64, 0xfe)]))
    await writeFile(file('windows.pem'), Buffer.from(`\ufeff${one.cert}`, 'utf16le'))
    await writeFile(file('junk'), Buffer.alloc(200, 0xc3))
    const expected = {
      [store]: /is a PKCS12 store, but PEM is needed: openssl pkcs12/,
      [certificate]: /is a DER certificate, but PEM is needed: openssl x509 -inform der/,
      [key]: /is a DER private key, but PEM is needed: openssl pkey -inform der/,
      [file('store.jks')]: /is a Java key store/,
      [file('windows.pem')]: /is UTF-16, but UTF-8 is needed/,
      [file('junk')]: /is not UTF-8 text/,
    }
    for (const [path, problem] of Object.entries(expected)) {
      const told = problemsOf({ [`${env}_FILE`]: path })
      expect(told[0], path).toEqual({ setting: `${env}_FILE`, problem: expect.stringMatching(problem) })
      expect(told[0]?.problem).toContain(path)
    }
  })
})

test('texts that are no certificate or no key are refused, and never repeated', () => {
  const body = one.cert.split('\n').slice(1, -2).join('\n')
  const texts: readonly (readonly [string, string, RegExp])[] = [
    ['KAFKA_TLS_CA', 'hunter2', /is not PEM: it must contain a certificate/],
    ['KAFKA_TLS_CA', one.key, /contains no certificate, only: private key/],
    ['KAFKA_TLS_KEY', one.cert, /contains no private key, only: certificate/],
    ['KAFKA_TLS_CA', '/etc/kafka/ca.pem', /is a path: give it as KAFKA_TLS_CA_FILE/],
    ['KAFKA_TLS_KEY', 'client.key', /is a path: give it as KAFKA_TLS_KEY_FILE/],
    [
      'KAFKA_TLS_CERT',
      one.cert.replaceAll('\n', '\\n').replace('-----END', '-----\\nEND'),
      /"\\n" instead of line breaks/,
    ],
    ['KAFKA_TLS_CA', one.cert.slice(0, 200), /is cut short/],
    ['KAFKA_TLS_CA', body, /is Base64 without its/],
    ['KAFKA_TLS_CA', authority.ca + one.cert.replace(body, 'AAAA'), /certificate 2 of its 2 is damaged/],
    ['KAFKA_TLS_CERT', one.cert.replace(body, 'AAAA'), /its certificate is damaged/],
    ['KAFKA_TLS_KEY', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', /is damaged/],
  ]
  for (const [env, text, problem] of texts) {
    const told = problemsOf({ [env]: text })
    expect(
      told.map(one => one.setting),
      text,
    ).toContain(env)
    const mine = told.find(({ setting, problem: said }) => setting === env && problem.test(said))
    expect(mine, `${problem} in ${JSON.stringify(told)}`).toBeDefined()
    expect(JSON.stringify(told)).not.toContain('hunter2')
  }
})

test('a key and a certificate that do not belong together are refused', () => {
  expect(problemsOf({ KAFKA_TLS_CERT: one.cert, KAFKA_TLS_KEY: other.key })).toEqual([
    { setting: 'KAFKA_TLS_CERT', problem: expect.stringContaining('is not the certificate of KAFKA_TLS_KEY') },
  ])
  expect(problemsOf({ KAFKA_TLS_CERT: `${authority.ca}${one.cert}`, KAFKA_TLS_KEY: one.key })).toEqual([
    { setting: 'KAFKA_TLS_CERT', problem: expect.stringContaining('starts with another certificate') },
  ])
})

test('an encrypted key wants its passphrase, and the right one', () => {
  for (const type of ['pkcs8', 'sec1'] as const) {
    const env = { KAFKA_TLS_CERT: one.cert, KAFKA_TLS_KEY: encrypted(type) }
    expect(problemsOf(env)).toEqual([
      { setting: 'KAFKA_TLS_KEY', problem: expect.stringMatching(/is encrypted: .*KAFKA_TLS_KEY_PASSPHRASE/) },
    ])
    const wrong = problemsOf({ ...env, KAFKA_TLS_KEY_PASSPHRASE: 'hunter2' })
    expect(wrong).toEqual([
      { setting: 'KAFKA_TLS_KEY_PASSPHRASE', problem: expect.stringContaining('does not open KAFKA_TLS_KEY') },
    ])
  }
  expect(problemsOf({ KAFKA_TLS_KEY_PASSPHRASE: 'right' })).toEqual([
    { setting: 'KAFKA_TLS_KEY', problem: expect.stringContaining('is missing') },
  ])
})

test('a certificate that has expired, or is not valid yet, is told: the start goes on, since the clock may be wrong', async () => {
  const expired = await authority.issue('expired', { days: -1 })
  const env = { KAFKA_TLS_CA: authority.ca, KAFKA_TLS_CERT: expired.cert, KAFKA_TLS_KEY: expired.key }
  const config = readConfig([], env)
  expect(outdatedCertificates(kafkaTls(config))).toEqual([
    { setting: 'KAFKA_TLS_CERT', problem: expect.stringMatching(/^CN=expired has expired \(.*GMT\)$/) },
  ])
  const yesterday = Date.now() - 86_400_000
  expect(outdatedCertificates(kafkaTls({ ...config, kafkaTlsCert: one.cert }), yesterday)).toEqual([
    { setting: 'KAFKA_TLS_CA', problem: expect.stringContaining('CN=test authority is not valid before') },
    { setting: 'KAFKA_TLS_CERT', problem: expect.stringContaining('CN=one is not valid before') },
  ])
  const bundle = { ...config, kafkaTlsCa: expired.cert.repeat(140), kafkaTlsCert: null }
  expect(outdatedCertificates(kafkaTls(bundle))[0]?.problem).toMatch(/; and 137 more$/)
})
