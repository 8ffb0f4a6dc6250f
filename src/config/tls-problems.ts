import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { SettingProblem } from './config-problem.ts'
import { certificateBlocks, type PemBlock, privateKeyBlock } from './pem.ts'

/** The TLS settings; null if unset, undefined if unreadable. */
export interface TlsSettings {
  readonly kafkaTlsCa: string | null | undefined
  readonly kafkaTlsCert: string | null | undefined
  readonly kafkaTlsKey: string | null | undefined
  readonly kafkaTlsKeyPassphrase: string | null | undefined
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

const isEncrypted = ({ label, text }: PemBlock): boolean =>
  label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: 4,ENCRYPTED/m.test(text)

/** OpenSSL 3 disables RC2 and single DES by default. */
const isOldCipher = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_OSSL_EVP_UNSUPPORTED'

/** Reads the private key. */
const readKey = (block: PemBlock, passphrase: string | null): KeyObject | SettingProblem => {
  const setting = 'KAFKA_TLS_KEY'
  const encrypted = isEncrypted(block)
  if (encrypted && passphrase === null)
    return { setting, problem: 'is encrypted: give its passphrase as KAFKA_TLS_KEY_PASSPHRASE' }
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
    return { setting: 'KAFKA_TLS_KEY_PASSPHRASE', problem: 'does not open KAFKA_TLS_KEY, or that key is damaged' }
  }
}

const isKey = (read: KeyObject | SettingProblem): read is KeyObject => !('problem' in read)

const notItsKey = (certificates: readonly PemBlock[], key: KeyObject): SettingProblem | null => {
  const fits = certificates.map(({ text }) => new X509Certificate(text).checkPrivateKey(key))
  if (fits[0] !== false) return null
  const setting = 'KAFKA_TLS_CERT'
  return fits.includes(true)
    ? {
        setting,
        problem: 'starts with another certificate: the certificate of KAFKA_TLS_KEY must come before its authorities',
      }
    : { setting, problem: 'is not the certificate of KAFKA_TLS_KEY: the two do not belong together' }
}

/** Problems that OpenSSL finds only in a certificate and key together, such as a key that is too short. */
const refusedTogether = (cert: string, key: string, passphrase: string | null): SettingProblem | null => {
  try {
    createSecureContext({ cert, key, ...(passphrase === null ? {} : { passphrase }) })
    return null
  } catch (thrown) {
    return { setting: 'KAFKA_TLS_CERT', problem: `and KAFKA_TLS_KEY cannot be used: ${messageOf(thrown)}` }
  }
}

/** Problems of TLS settings that are valid on their own but not together. */
export const tlsProblems = (settings: TlsSettings): readonly SettingProblem[] => {
  const { kafkaTlsCert: cert, kafkaTlsKey: key, kafkaTlsKeyPassphrase: passphrase = null } = settings
  if (key === null && passphrase !== null)
    return [{ setting: 'KAFKA_TLS_KEY', problem: 'is missing: its passphrase is given' }]
  const block = key == null ? undefined : privateKeyBlock(key)
  if (key == null || block === undefined) return []
  const read = readKey(block, passphrase)
  if (!isKey(read)) return [read]
  if (cert == null) return []
  const problem = notItsKey(certificateBlocks(cert), read) ?? refusedTogether(cert, key, passphrase)
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
export const outdatedCertificates = (settings: TlsSettings, now = Date.now()): readonly SettingProblem[] => {
  const given = { KAFKA_TLS_CA: settings.kafkaTlsCa, KAFKA_TLS_CERT: settings.kafkaTlsCert }
  return Object.entries(given).flatMap(([setting, text]) => {
    const outdated = outdatedIn(text ?? '', now)
    const more = outdated.length > MOST_NAMED ? `; and ${outdated.length - MOST_NAMED} more` : ''
    const problem = `${outdated.slice(0, MOST_NAMED).join('; ')}${more}`
    return outdated.length > 0 ? [{ setting, problem }] : []
  })
}
