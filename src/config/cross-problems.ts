import type { SettingProblem } from './config-problem.ts'

/** Settings that depend on each other; undefined if one could not be read. */
interface Related {
  readonly kafkaBrokers: readonly string[] | null | undefined
  readonly localKafkaNodes: number | undefined
  readonly topics: readonly { readonly name: string; readonly replicationFactor: number }[] | undefined
  readonly kafkaTlsCert: string | null | undefined
  readonly kafkaTlsKey: string | null | undefined
  readonly kafkaSaslMechanism: string | null | undefined
  readonly kafkaSaslUsername: string | null | undefined
  readonly kafkaSaslPassword: string | null | undefined
  readonly cursorSecret: string | null | undefined
}

const LEAST_SECRET = 16

/** Problems of settings that are valid on their own but not together. */
export const crossProblems = (config: Related): readonly SettingProblem[] => {
  const problems: SettingProblem[] = []
  const needs = (setting: string, holds: boolean, problem: string) => {
    if (!holds) problems.push({ setting, problem })
  }
  const { kafkaSaslMechanism: mechanism, kafkaSaslUsername: username, kafkaSaslPassword: password } = config
  needs(
    'KAFKA_SASL_MECHANISM',
    mechanism !== null || (username === null && password === null),
    'is missing: a user name or password is given',
  )
  needs('KAFKA_SASL_USERNAME', mechanism === null || username !== null, 'is missing: the SASL mechanism needs it')
  needs('KAFKA_SASL_PASSWORD', mechanism === null || password !== null, 'is missing: the SASL mechanism needs it')
  needs(
    'KAFKA_TLS_KEY',
    config.kafkaTlsCert === null || config.kafkaTlsKey !== null,
    'is missing: the certificate needs it',
  )
  needs('KAFKA_TLS_CERT', config.kafkaTlsKey === null || config.kafkaTlsCert !== null, 'is missing: the key needs it')
  needs(
    'CURSOR_SECRET',
    (config.cursorSecret?.length ?? LEAST_SECRET) >= LEAST_SECRET,
    `is shorter than ${LEAST_SECRET} characters`,
  )
  const nodes = config.localKafkaNodes
  if (config.kafkaBrokers !== null || nodes === undefined) return problems
  for (const topic of config.topics ?? []) {
    const fits = topic.replicationFactor <= nodes
    needs(
      'TOPICS',
      fits,
      `replication factor ${topic.replicationFactor} of ${topic.name} is above the ${nodes} local node${nodes === 1 ? '' : 's'} (LOCAL_KAFKA_NODES)`,
    )
  }
  return problems
}
