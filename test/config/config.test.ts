import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, renderHelp, renderSettingsTable } from '../../src/config/config.ts'
import { ConfigProblem } from '../../src/config/config-problem.ts'

const problemsOf = (argv: readonly string[], env: Record<string, string> = {}): string => {
  try {
    readConfig(argv, env)
  } catch (thrown) {
    if (thrown instanceof ConfigProblem) return thrown.message
    throw thrown
  }
  throw new Error('the settings were accepted')
}

test('without settings it listens on loopback, with a local Kafka and its topic', () => {
  const config = readConfig([], {})
  expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, kafkaBrokers: null, localKafkaNodes: 1 })
  expect(config.topics).toMatchObject([{ name: 'ishwar-topic', numPartitions: 2, replicationFactor: 1 }])
  expect(config.maxRequestBytes).toBe(2 * 1024 * 1024)
})

test('flags are written with a space or an equals sign, and win over the environment', () => {
  const env = { PORT: '1', HOST: '::1' }
  expect(readConfig(['--port', '4001'], env)).toMatchObject({ port: 4001, host: '::1' })
  expect(readConfig(['--port=0', '--host=0.0.0.0'], env)).toMatchObject({ port: 0, host: '0.0.0.0' })
})

test('an empty environment variable counts as not given', () => {
  expect(readConfig([], { PORT: '', KAFKA_BROKERS: '' })).toMatchObject({ port: 4000, kafkaBrokers: null })
})

test('a bare flag means true', () => {
  expect(readConfig(['--kafka-tls', '--port', '1'], {})).toMatchObject({ kafkaTls: true, port: 1 })
})

test('three local nodes give the default topic three replicas', () => {
  expect(readConfig([], { LOCAL_KAFKA_NODES: '3' }).topics).toMatchObject([{ replicationFactor: 3 }])
})

test('an external Kafka gets no topics unless TOPICS is set', () => {
  const env = { KAFKA_BROKERS: 'a:9092, [::1]:9093' }
  expect(readConfig([], env)).toMatchObject({ kafkaBrokers: ['a:9092', '[::1]:9093'], topics: [] })
  expect(
    readConfig([], { ...env, TOPICS: 'orders:3:3:cleanup.policy=compact;retention.ms=-1,plain:1:1' }).topics,
  ).toEqual([
    {
      name: 'orders',
      numPartitions: 3,
      replicationFactor: 3,
      replicaAssignments: null,
      configs: [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'retention.ms', value: '-1' },
      ],
    },
    { name: 'plain', numPartitions: 1, replicationFactor: 1, replicaAssignments: null, configs: [] },
  ])
})

test('all problems are reported at once, with the right form', () => {
  const message = problemsOf(['--prot', '4000', '--port', '70000', '--host'], {
    KAFKA_BROKERS: 'localhost,::1:9092,ok:1',
    TOPICS: 'a b:1:1,orders:x:1,short:1',
    ALLOWED_ORIGINS: 'https://app.example.org/, null',
    KAFKA_SASL_MECHANISM: 'plain',
    CURSOR_SECRET: 'short',
  })
  expect(message).toContain('--prot: is not a setting of this program')
  expect(message).toContain('--port: "70000" is not a whole number from 0 to 65535')
  expect(message).toContain('"localhost" is not host:port')
  expect(message).toContain('"::1:9092" is not host:port (IPv6 addresses in brackets)')
  expect(message).toContain('topic name "a b" is illegal')
  expect(message).toContain('the number of partitions of "orders:x:1" cannot be "x"')
  expect(message).toContain('the replication factor of "short:1" is missing')
  expect(message).toContain('"https://app.example.org/" is not an exact origin: write https://app.example.org')
  expect(message).toContain('"null" is not an exact origin')
  expect(message).toContain('KAFKA_SASL_USERNAME: is missing')
  expect(message).toContain('KAFKA_SASL_PASSWORD: is missing')
  expect(message).toContain('CURSOR_SECRET: is shorter than 16 characters')
  expect(message).not.toContain('short"')
})

test('a misspelt flag gets a suggestion', () => {
  expect(problemsOf(['--kafkabrokers', 'a:1'])).toContain('did you mean --kafka-brokers?')
})

test('a word that is not a flag, and a repeated flag, are refused', () => {
  const message = problemsOf(['start', '--port', '1', '--port', '2'])
  expect(message).toContain('start: is not a setting: write --name value or --name=value')
  expect(message).toContain('--port: is given twice')
})

test('more replicas than local nodes, and a repeated topic, are refused', () => {
  expect(problemsOf([], { TOPICS: 'a:1:2' })).toContain('replication factor 2 of a is above the 1 local node')
  expect(problemsOf([], { TOPICS: 'a:1:1,a:2:1' })).toContain('lists a topic twice')
  expect(problemsOf([], { TOPICS: 'a:1:1,,b:1:1' })).toContain('an item of the list is empty')
})

test('secrets are read from files, whose final line end does not count', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  const file = join(folder, 'secret')
  writeFileSync(file, 'a secret of some length\n')
  expect(readConfig([], { CURSOR_SECRET_FILE: file }).cursorSecret).toBe('a secret of some length')
  expect(readConfig(['--cursor-secret-file', file], {}).cursorSecret).toBe('a secret of some length')
  expect(problemsOf([], { CURSOR_SECRET_FILE: file, CURSOR_SECRET: 'another secret of length' })).toContain('keep one')
  rmSync(folder, { recursive: true })
  expect(problemsOf([], { CURSOR_SECRET_FILE: file })).toContain('cannot be read')
})

test('help and table list every setting once', () => {
  expect(renderHelp()).toContain('--kafka-brokers')
  expect(renderSettingsTable().match(/`KAFKA_BROKERS`/g)).toHaveLength(1)
  expect(renderSettingsTable()).toContain('`CURSOR_SECRET_FILE`')
})

test('the README shows the current settings', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const shown = /<!-- settings:start -->\n([\s\S]*?)\n<!-- settings:end -->/.exec(readme)?.[1]
  expect(shown, 'stale: npm run docs').toBe(renderSettingsTable())
})
