import { expect } from 'vitest'
import { startTestApp, type TestApp } from './app.ts'
import { newPassword, type SecuredKafka, securedKafka } from './secured-kafka.ts'

const CREATE =
  'mutation ($acls: [AclBindingInput!]!) { createAcls(acls: $acls) { totalCount errors { code message } } }'
const UPSERT = `mutation ($upserts: [ScramUpsertInput!]) { alterUserScramCredentials(upserts: $upserts) {
  errors { code } users { name credentialInfos { mechanism iterations } } } }`

/** A Kafka with an authorizer, the program as its super user, and a user "anna" with only granted rights. */
export interface SecuredApp extends AsyncDisposable {
  readonly kafka: SecuredKafka
  /** Anonymous, which is a super user here. */
  readonly admin: TestApp
  /** Settings to log in, as anna by default. */
  loginOf(mechanism: string, username?: string, secret?: string): Readonly<Record<string, string>>
  /** Creates ACLs, for anna and a topic unless they say otherwise. */
  grant(...acls: readonly object[]): Promise<void>
}

const createAnna = async (admin: TestApp, password: string): Promise<void> => {
  const upserts = ['SCRAM_SHA_256', 'SCRAM_SHA_512'].map(mechanism => ({ user: 'anna', mechanism, password }))
  const credentialInfos = upserts.map(({ mechanism }) => ({ mechanism, iterations: 4096 }))
  expect(await admin.dataOf(UPSERT, { upserts })).toEqual({
    alterUserScramCredentials: { errors: [], users: [{ name: 'anna', credentialInfos }] },
  })
}

/** Starts both. Broker settings override those of the secured Kafka; `settings` are further ones of the program. */
export const startSecuredApp = async (
  extra: Readonly<Record<string, string>> = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<SecuredApp> => {
  const kafka = await securedKafka(extra)
  try {
    const admin = await startTestApp({ KAFKA_BROKERS: kafka.bootstrapServers, ...settings })
    const password = newPassword()
    await createAnna(admin, password)
    return {
      kafka,
      admin,
      loginOf: (mechanism, username = 'anna', secret = password) => ({
        KAFKA_BROKERS: kafka.sasl,
        KAFKA_SASL_MECHANISM: mechanism,
        KAFKA_SASL_USERNAME: username,
        KAFKA_SASL_PASSWORD: secret,
      }),
      async grant(...acls) {
        const given = acls.map(acl => ({ resourceType: 'TOPIC', principal: 'User:anna', ...acl }))
        expect(await admin.dataOf(CREATE, { acls: given })).toEqual({
          createAcls: { totalCount: acls.length, errors: [] },
        })
      },
      async [Symbol.asyncDispose]() {
        await admin[Symbol.asyncDispose]()
        await kafka[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await kafka[Symbol.asyncDispose]()
    throw error
  }
}
