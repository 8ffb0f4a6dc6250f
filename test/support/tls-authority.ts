import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../../src/local-kafka/run-command.ts'

/** A certificate and its private key, PEM. */
export interface TlsIdentity {
  readonly cert: string
  readonly key: string
}

/** A certificate authority of a test's own. */
export interface TlsAuthority {
  /** Its certificate, PEM. */
  readonly ca: string
  /** Certifies a name; servers are reached as 127.0.0.1. */
  issue(commonName: string): Promise<TlsIdentity>
}

const openssl = async (...args: readonly string[]): Promise<void> => {
  const { code, stderr } = await runCommand('openssl', args, { env: process.env, timeoutMs: 20_000 })
  if (code !== 0) throw new Error(`openssl ${args[0]} ended with ${code}: ${stderr}`)
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const

/** Makes an authority by openssl; its files lie in `dir`. */
export const tlsAuthority = async (dir: string): Promise<TlsAuthority> => {
  const at = (name: string) => join(dir, name)
  const authority = ['-keyout', at('ca.key'), '-out', at('ca.crt'), '-days', '2', '-subj', '/CN=test authority']
  await openssl('req', '-x509', ...NEW_KEY, ...authority)
  await writeFile(at('san.cnf'), 'subjectAltName=IP:127.0.0.1\n')
  return {
    ca: await readFile(at('ca.crt'), 'utf8'),
    async issue(commonName) {
      const [key, request, cert] = [at(`${commonName}.key`), at(`${commonName}.csr`), at(`${commonName}.crt`)]
      await openssl('req', ...NEW_KEY, '-keyout', key, '-out', request, '-subj', `/CN=${commonName}`)
      const signed = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('san.cnf')]
      await openssl('x509', '-req', '-in', request, '-out', cert, '-days', '2', ...signed)
      return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') }
    },
  }
}
