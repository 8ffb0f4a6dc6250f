import { setting } from './setting.ts'
import { certificates, clusterName, exactText, oneOf, privateKey, text, trueOrFalse } from './value-parsers.ts'

const secret = { secret: true } as const

/** How this program connects and logs in to Kafka. */
export const KAFKA_ACCESS_SETTINGS = {
  clusterName: setting(
    'CLUSTER_NAME',
    clusterName,
    'default',
    'Name of the Kafka cluster in ids and cursors: letters, digits, `.`, `_` and `-`. Clients keep ids and cursors, so do not change it later. Cursors that name another cluster are refused.',
  ),
  kafkaTls: setting('KAFKA_TLS', trueOrFalse, 'false', 'Use TLS to Kafka; implied by the next three.'),
  kafkaTlsCa: setting(
    'KAFKA_TLS_CA',
    certificates('KAFKA_TLS_CA'),
    null,
    'Certificates of the trusted authorities, PEM.',
    secret,
  ),
  kafkaTlsCert: setting(
    'KAFKA_TLS_CERT',
    certificates('KAFKA_TLS_CERT'),
    null,
    'Certificate to present to Kafka, PEM.',
    secret,
  ),
  kafkaTlsKey: setting(
    'KAFKA_TLS_KEY',
    privateKey('KAFKA_TLS_KEY'),
    null,
    'Private key of that certificate, PEM.',
    secret,
  ),
  kafkaTlsKeyPassphrase: setting(
    'KAFKA_TLS_KEY_PASSPHRASE',
    exactText,
    null,
    'Passphrase of that key, if it is encrypted.',
    secret,
  ),
  kafkaSaslMechanism: setting(
    'KAFKA_SASL_MECHANISM',
    oneOf('plain', 'scram-sha-256', 'scram-sha-512'),
    null,
    'SASL mechanism: plain, scram-sha-256 or scram-sha-512. Unset: no SASL.',
  ),
  kafkaSaslUsername: setting('KAFKA_SASL_USERNAME', text, null, 'SASL user name.'),
  kafkaSaslPassword: setting('KAFKA_SASL_PASSWORD', text, null, 'SASL password.', secret),
} as const
