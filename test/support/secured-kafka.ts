import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodePorts } from '../../src/local-kafka/local-kafka.ts'
import { freePort } from './free-port.ts'
import type { ToolTarget } from './kafka-tools.ts'
import { ownKafka } from './local-kafka.ts'
import { tempDir } from './temp-dir.ts'
import { type TlsAuthority, type TlsIdentity, tlsAuthority } from './tls-authority.ts'

/** One Kafka with an authorizer. Only super users, and users with an ACL, may do anything. */
export interface SecuredKafka extends ToolTarget, AsyncDisposable {
  /** A listener where every client is anonymous, which is a super user here. */
  readonly bootstrapServers: string
  /** A listener with login by SCRAM-SHA-256, SCRAM-SHA-512 or PLAIN. */
  readonly sasl: string
  /** A listener that requires a certificate of `authority`. */
  readonly tls: string
  /** A listener with login by PLAIN over TLS, without a client certificate. */
  readonly saslTls: string
  /** The listener of a KRaft controller, which serves no clients. */
  readonly controller: string
  readonly authority: TlsAuthority
  /** The user of PLAIN logins. */
  readonly plain: { readonly username: string; readonly password: string }
}

interface Secrets {
  readonly saslPort: number
  readonly tlsPort: number
  readonly saslTlsPort: number
  readonly plain: SecuredKafka['plain']
  readonly keystore: string
  readonly truststore: string
}

const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'
const MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule'

const propertiesOf = (
  { brokerPort, controllerPort }: NodePorts,
  { saslPort, tlsPort, saslTlsPort, plain, keystore, truststore }: Secrets,
): Readonly<Record<string, string>> => {
  const outside = `PLAINTEXT://127.0.0.1:${brokerPort},SASL://127.0.0.1:${saslPort},TLS://127.0.0.1:${tlsPort},SASLTLS://127.0.0.1:${saslTlsPort}`
  return {
    listeners: `${outside},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': outside,
    'listener.security.protocol.map':
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT,TLS:SSL,SASLTLS:SASL_SSL',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    'listener.name.sasl.sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512,PLAIN',
    'listener.name.sasl.scram-sha-256.sasl.jaas.config': scram,
    'listener.name.sasl.scram-sha-512.sasl.jaas.config': scram,
    'listener.name.sasl.plain.sasl.jaas.config': `${MODULE} required user_${plain.username}="${plain.password}";`,
    'listener.name.tls.ssl.client.auth': 'required',
    'listener.name.tls.ssl.keystore.type': 'PEM',
    'listener.name.tls.ssl.keystore.location': keystore,
    'listener.name.tls.ssl.truststore.type': 'PEM',
    'listener.name.tls.ssl.truststore.location': truststore,
    'listener.name.sasltls.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasltls.plain.sasl.jaas.config': `${MODULE} required user_${plain.username}="${plain.password}";`,
    'listener.name.sasltls.ssl.keystore.type': 'PEM',
    'listener.name.sasltls.ssl.keystore.location': keystore,
  }
}

const writeStores = async (dir: string, { ca }: TlsAuthority, { cert, key }: TlsIdentity) => {
  const [keystore, truststore] = [join(dir, 'keystore.pem'), join(dir, 'truststore.pem')]
  await Promise.all([writeFile(keystore, `${key}${cert}`), writeFile(truststore, ca)])
  return { keystore, truststore }
}

/** A unique password. */
export const newPassword = (): string => randomUUID()

/** Starts one node with an authorizer, SASL and TLS. */
export const securedKafka = async (extra: Readonly<Record<string, string>> = {}): Promise<SecuredKafka> => {
  const dir = await tempDir()
  try {
    const authority = await tlsAuthority(dir.path)
    const stores = await writeStores(dir.path, authority, await authority.issue('broker'))
    const [saslPort, tlsPort, saslTlsPort] = [await freePort(), await freePort(), await freePort()]
    let controller = ''
    const plain = { username: 'peter', password: newPassword() }
    const secrets = { saslPort, tlsPort, saslTlsPort, plain, ...stores }
    const kafka = await ownKafka({
      nodes: 1,
      extraProperties: node => {
        controller = `127.0.0.1:${node.controllerPort}`
        return { ...propertiesOf(node, secrets), ...extra }
      },
    })
    return {
      bootstrapServers: kafka.bootstrapServers,
      sasl: `127.0.0.1:${saslPort}`,
      tls: `127.0.0.1:${tlsPort}`,
      saslTls: `127.0.0.1:${saslTlsPort}`,
      controller,
      authority,
      plain,
      [Symbol.asyncDispose]: async () => {
        await kafka.close()
        await dir[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await dir[Symbol.asyncDispose]()
    throw error
  }
}
