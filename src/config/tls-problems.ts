import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { SettingProblem } from './config-problem.ts'
import { certificateBlocks, type PemBlock, privateKeyBlock } from './pem.ts'

/** The TLS settings of one service; null if unset, undefined if unreadable. */
export interface TlsSettings {
  /** What the names of these settings begin with. */
  readonly prefix: 'KAFKA_TLS' | 'SCHEMA_REGISTRY_TLS'
  readonly ca: string | null | undefined
  readonly cert: string | null | undefined
  readonly key: string | null | undefined
  /** Left out if the service has no setting for it. */
  readonly passphrase?: string | null | undefined
}

/** The TLS settings for Kafka. */
export const kafkaTls = (config: {
  readonly kafkaTlsCa: string | null | undefined
  readonly kafkaTlsCert: string | null | undefined
  readonly kafkaTlsKey: string | null | undefined
  readonly kafkaTlsKeyPassphrase: string | null | undefined
}): TlsSettings => ({
  prefix: 'KAFKA_TLS',
  ca: config.kafkaTlsCa,
  cert: config.kafkaTlsCert,
  key: config.kafkaTlsKey,
  passphrase: config.kafkaTlsKeyPassphrase,
})

/** The TLS settings for the schema registry. */
export const registryTls = (config: {
  readonly schemaRegistryTlsCa: string | null | undefined
  readonly schemaRegistryTlsCert: string | null | undefined
  readonly schemaRegistryTlsKey: string | null | undefined
}): TlsSettings => ({
  prefix: 'SCHEMA_REGISTRY_TLS',
  ca: config.schemaRegistryTlsCa,
  cert: config.schemaRegistryTlsCert,
  key: config.schemaRegistryTlsKey,
})

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

const isEncrypted = ({ label, text }: PemBlock): boolean =>
  label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: 4,ENCRYPTED/m.test(text)

/** OpenSSL 3 disables RC2 and single DES by default. */
const isOldCipher = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_OSSL_EVP_UNSUPPORTED'

/** Why an encrypted key cannot be read without a passphrase, and what to give. */
const withoutPassphrase = (settings: TlsSettings): string =>
  'passphrase' in settings
    ? `is encrypted: give its passphrase as ${settings.prefix}_KEY_PASSPHRASE`
    : 'is encrypted: give it without a passphrase (openssl pkey -in key.pem)'

/** Reads the private key. */
const readKey = (block: PemBlock, settings: TlsSettings): KeyObject | SettingProblem => {
  const setting = `${settings.prefix}_KEY`
  const passphrase = settings.passphrase ?? null
  const encrypted = isEncrypted(block)
  if (encrypted && passphrase === null) return { setting, problem: withoutPassphrase(settings) }
  try {
    return createPrivateKey({ key: block.text, format: 'pem', ...(encrypted ? { passphrase: passphrase ?? '' } : {}) })
  } catch (thrown) {
    if (!encrypted) return { setting, problem: `is damaged: it cannot be read (${messageOf(thrown)})` }
    if (isOldCipher(thrown))
      return {
        setting,
        problem:
          'is encrypted with a cipher that OpenSSL 3 disables: re-encrypt it with openssl pkcs8 -topk8 -v2 aes-256-cbc',
      }
    // A wrong passphrase decrypts one key in 200 to garbage, and OpenSSL then reports another error.
    return { setting: `${setting}_PASSPHRASE`, problem: `does not open ${setting}, or that key is damaged` }
  }
}

const isKey = (read: KeyObject | SettingProblem): read is KeyObject => !('problem' in read)

const notItsKey = (prefix: string, certificates: readonly PemBlock[], key: KeyObject): SettingProblem | null => {
  const fits = certificates.map(({ text }) => new X509Certificate(text).checkPrivateKey(key))
  if (fits[0] !== false) return null
  const setting = `${prefix}_CERT`
  return fits.includes(true)
    ? {
        setting,
        problem: `starts with another certificate: the certificate of ${prefix}_KEY must come before its authorities`,
      }
    : { setting, problem: `is not the certificate of ${prefix}_KEY: the two do not belong together` }
}

/** Problems that OpenSSL finds only in a certificate and key together, such as a key that is too short. */
const refusedTogether = (
  prefix: string,
  cert: string,
  key: string,
  passphrase: string | null | undefined,
): SettingProblem | null => {
  try {
    createSecureContext({ cert, key, ...(passphrase == null ? {} : { passphrase }) })
    return null
  } catch (thrown) {
    return { setting: `${prefix}_CERT`, problem: `and ${prefix}_KEY cannot be used: ${messageOf(thrown)}` }
  }
}

/** Problems of TLS settings that are valid on their own but not together. */
export const tlsProblems = (settings: TlsSettings): readonly SettingProblem[] => {
  const { prefix, cert, key, passphrase } = settings
  if (key === null && passphrase != null)
    return [{ setting: `${prefix}_KEY`, problem: 'is missing: its passphrase is given' }]
  const block = key == null ? undefined : privateKeyBlock(key)
  if (key == null || block === undefined) return []
  const read = readKey(block, settings)
  if (!isKey(read)) return [read]
  if (cert == null) return []
  const problem = notItsKey(prefix, certificateBlocks(cert), read) ?? refusedTogether(prefix, cert, key, passphrase)
  return problem === null ? [] : [problem]
}

const outdatedIn = (text: string, now: number): readonly string[] =>
  certificateBlocks(text).flatMap(block => {
    const { validFrom, validTo, subject } = new X509Certificate(block.text)
    const name = subject.replaceAll('\n', ', ')
    if (Date.parse(validTo) < now) return [`${name} has expired (${validTo})`]
    return Date.parse(validFrom) > now ? [`${name} is not valid before ${validFrom}`] : []
  })

/** Maximum number of certificates named. */
const MOST_NAMED = 3

/** Certificates that are outdated now, by setting. They do not prevent the start, because the clock may be wrong. */
export const outdatedCertificates = (
  { prefix, ca, cert }: TlsSettings,
  now = Date.now(),
): readonly SettingProblem[] => {
  const given = { [`${prefix}_CA`]: ca, [`${prefix}_CERT`]: cert }
  return Object.entries(given).flatMap(([setting, text]) => {
    const outdated = outdatedIn(text ?? '', now)
    const more = outdated.length > MOST_NAMED ? `; and ${outdated.length - MOST_NAMED} more` : ''
    const problem = `${outdated.slice(0, MOST_NAMED).join('; ')}${more}`
    return outdated.length > 0 ? [{ setting, problem }] : []
  })
}
