import { setting } from './setting.ts'
import { certificates, exactText, privateKey, registryUrls, text, trueOrFalse } from './value-parsers.ts'

const secret = { secret: true } as const

/** How this program finds the schema registry and logs in to it. */
export const REGISTRY_SETTINGS = {
  schemaRegistryUrl: setting(
    'SCHEMA_REGISTRY_URL',
    registryUrls,
    null,
    'Schema registry with Confluent’s API, such as `https://registry.example.org`, or `http://host:8080/apis/ccompat/v7` for Apicurio. Several nodes of one registry, comma-separated, are tried in turn. Unset: no schema registry.',
  ),
  schemaRegistryUsername: setting('SCHEMA_REGISTRY_USERNAME', text, null, 'User name for the schema registry.'),
  schemaRegistryPassword: setting(
    'SCHEMA_REGISTRY_PASSWORD',
    exactText,
    null,
    'Password for the schema registry.',
    secret,
  ),
  schemaRegistryToken: setting(
    'SCHEMA_REGISTRY_TOKEN',
    text,
    null,
    'Bearer token for the schema registry, instead of a user name and password.',
    secret,
  ),
  schemaRegistryTlsCa: setting(
    'SCHEMA_REGISTRY_TLS_CA',
    certificates('SCHEMA_REGISTRY_TLS_CA'),
    null,
    'Certificates of the trusted authorities, PEM. Unset: the authorities that Node.js trusts.',
    secret,
  ),
  schemaRegistryTlsCert: setting(
    'SCHEMA_REGISTRY_TLS_CERT',
    certificates('SCHEMA_REGISTRY_TLS_CERT'),
    null,
    'Certificate to present to the schema registry, PEM.',
    secret,
  ),
  schemaRegistryTlsKey: setting(
    'SCHEMA_REGISTRY_TLS_KEY',
    privateKey('SCHEMA_REGISTRY_TLS_KEY'),
    null,
    'Private key of that certificate, PEM, without a passphrase.',
    secret,
  ),
  localRegistry: setting(
    'LOCAL_REGISTRY',
    trueOrFalse,
    'false',
    'Start a schema registry (Apicurio) beside the local Kafka. It keeps its schemas in the same data folder.',
  ),
} as const
