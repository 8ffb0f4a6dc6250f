import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../../src/local-kafka/java/run-command.ts'

/** A certificate and its private key, PEM. */
export interface TlsIdentity {
  readonly cert: string
  readonly key: string
}

/** How a certificate differs from a valid one. */
export interface IssueOptions {
  readonly days?: number
  /** In openssl's format, such as DNS:broker.example. */
  readonly subjectAltName?: string
}

/** A certificate authority for one test. */
export interface TlsAuthority {
  /** Its certificate, PEM. */
  readonly ca: string
  /** Issues a certificate for two days, or an expired one. Servers are reached as 127.0.0.1 unless stated otherwise. */
  issue(commonName: string, options?: IssueOptions): Promise<TlsIdentity>
}

/** Runs openssl. @throws Error with its output when it fails. */
export const openssl = async (...args: readonly string[]): Promise<void> => {
  const { code, stderr } = await runCommand('openssl', args, { env: process.env, timeoutMs: 20_000 })
  if (code !== 0) throw new Error(`openssl ${args[0]} ended with ${code}: ${stderr}`)
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const

/** Makes an authority with openssl; its files are in `dir`. */
export const tlsAuthority = async (dir: string): Promise<TlsAuthority> => {
  const at = (name: string) => join(dir, name)
  const authority = ['-keyout', at('ca.key'), '-out', at('ca.crt'), '-days', '2', '-subj', '/CN=test authority']
  await openssl('req', '-x509', ...NEW_KEY, ...authority)
  return {
    ca: await readFile(at('ca.crt'), 'utf8'),
    async issue(commonName, { days = 2, subjectAltName = 'IP:127.0.0.1' } = {}) {
      await writeFile(at(`${commonName}.cnf`), `subjectAltName=${subjectAltName}\n`)
      const [key, request, cert] = [at(`${commonName}.key`), at(`${commonName}.csr`), at(`${commonName}.crt`)]
      await openssl('req', ...NEW_KEY, '-keyout', key, '-out', request, '-subj', `/CN=${commonName}`)
      const signed = [
        '-CA',
        at('ca.crt'),
        '-CAkey',
        at('ca.key'),
        '-CAcreateserial',
        '-extfile',
        at(`${commonName}.cnf`),
      ]
      await openssl('x509', '-req', '-in', request, '-out', cert, '-days', String(days), ...signed)
      return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') }
    },
  }
}
