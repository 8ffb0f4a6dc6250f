import type { SettingProblem } from './config-problem.ts'

/** Settings of the schema registry that depend on each other; undefined if one could not be read. */
interface Related {
  readonly kafkaBrokers: readonly string[] | null | undefined
  readonly schemaRegistryUrl: readonly string[] | null | undefined
  readonly schemaRegistryUsername: string | null | undefined
  readonly schemaRegistryPassword: string | null | undefined
  readonly schemaRegistryToken: string | null | undefined
  readonly schemaRegistryTlsCa: string | null | undefined
  readonly schemaRegistryTlsCert: string | null | undefined
  readonly schemaRegistryTlsKey: string | null | undefined
  readonly localRegistry: boolean | undefined
}

const ACCESS = [
  ['SCHEMA_REGISTRY_USERNAME', 'schemaRegistryUsername'],
  ['SCHEMA_REGISTRY_PASSWORD', 'schemaRegistryPassword'],
  ['SCHEMA_REGISTRY_TOKEN', 'schemaRegistryToken'],
  ['SCHEMA_REGISTRY_TLS_CA', 'schemaRegistryTlsCa'],
  ['SCHEMA_REGISTRY_TLS_CERT', 'schemaRegistryTlsCert'],
  ['SCHEMA_REGISTRY_TLS_KEY', 'schemaRegistryTlsKey'],
] as const

/** The settings of access that are given without the URL that they are for. */
const withoutUrl = (config: Related): readonly SettingProblem[] => {
  if (config.schemaRegistryUrl !== null) return []
  return ACCESS.filter(([, name]) => config[name] !== null).map(([setting]) => ({
    setting,
    problem: 'is given without SCHEMA_REGISTRY_URL: nothing would use it',
  }))
}

const tlsWithoutHttps = (config: Related): readonly SettingProblem[] => {
  const urls = config.schemaRegistryUrl ?? []
  if (urls.length === 0 || urls.some(url => url.startsWith('https:'))) return []
  const given = ACCESS.filter(([setting, name]) => setting.includes('_TLS_') && config[name] !== null)
  return given.map(([setting]) => ({ setting, problem: 'needs an https URL in SCHEMA_REGISTRY_URL' }))
}

const localProblems = ({ localRegistry, schemaRegistryUrl, kafkaBrokers }: Related): readonly SettingProblem[] => {
  if (localRegistry !== true) return []
  const problem = (text: string): SettingProblem => ({ setting: 'LOCAL_REGISTRY', problem: text })
  return [
    ...(schemaRegistryUrl === null ? [] : [problem('and SCHEMA_REGISTRY_URL are both given: keep one')]),
    ...(kafkaBrokers === null
      ? []
      : [problem('is for the local Kafka: with KAFKA_BROKERS, give the registry as SCHEMA_REGISTRY_URL')]),
  ]
}

/** Problems of the registry's settings that are valid on their own but not together. */
export const registryProblems = (config: Related): readonly SettingProblem[] => {
  const { schemaRegistryUsername: username, schemaRegistryPassword: password, schemaRegistryToken: token } = config
  const problems: SettingProblem[] = [...withoutUrl(config), ...tlsWithoutHttps(config), ...localProblems(config)]
  const needs = (setting: string, holds: boolean, problem: string) => {
    if (!holds) problems.push({ setting, problem })
  }
  needs('SCHEMA_REGISTRY_PASSWORD', username === null || password !== null, 'is missing: the user name needs it')
  needs('SCHEMA_REGISTRY_USERNAME', password === null || username !== null, 'is missing: a password is given')
  needs(
    'SCHEMA_REGISTRY_USERNAME',
    username == null || !username.includes(':'),
    'contains a colon, which basic authentication cannot send',
  )
  needs(
    'SCHEMA_REGISTRY_TOKEN',
    token === null || (username === null && password === null),
    'and a user name or password are both given: keep one',
  )
  needs(
    'SCHEMA_REGISTRY_TOKEN',
    token == null || /^[\x21-\x7e]+$/.test(token),
    'contains a character that a header cannot hold, such as a space or a line break',
  )
  const { schemaRegistryTlsCert: cert, schemaRegistryTlsKey: key } = config
  needs('SCHEMA_REGISTRY_TLS_KEY', cert === null || key !== null, 'is missing: the certificate needs it')
  needs('SCHEMA_REGISTRY_TLS_CERT', key === null || cert !== null, 'is missing: the key needs it')
  return problems
}
