import { describe, expect, it } from 'vitest'
import type { ConfigEntry } from '../../../src/kafka/cluster.ts'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import type { ConfigAdmin } from '../../../src/kafka/ports/config-admin.ts'
import type { AlterConfigOpInput, ConfigResourceInput } from '../../generated/operations.ts'
import { AlterConfigsDocument } from '../../generated/operations.ts'
import { testCall } from '../../support/call.ts'
import { codes, type HarnessOptions, harness } from '../harness.ts'

const resource: ConfigResourceInput = { type: 'TOPIC', name: 'orders' }
const set = (name: string, value: string | null): AlterConfigOpInput => ({ op: 'SET', name, value })

const fresh = async (ports: HarnessOptions['ports'] = {}) => {
  const made = harness({ topics: { orders: 1 }, ports })
  const ops = [set('retention.ms', '1000'), set('cleanup.policy', 'compact'), set('segment.bytes', '2000')]
  for (const { name, value } of ops) {
    const op = { op: 'SET', name, value: value ?? '' } as const
    await made.kafka.incrementalAlterConfigs(testCall, { type: 'TOPIC', name: 'orders' }, [op])
  }
  return made
}

const altering = (incrementalAlterConfigs: ConfigAdmin['incrementalAlterConfigs']): ConfigAdmin => ({
  incrementalAlterConfigs,
  listConfigResources: async () => [],
})

const DETAILS = `mutation ($ops: [AlterConfigOpInput!]!, $validateOnly: Boolean) {
  incrementalAlterConfigs(resource: { type: TOPIC, name: "orders" }, ops: $ops, validateOnly: $validateOnly) {
    configs { name value source synonyms { name value source } }
    errors { code message path }
  }
}`

interface Details {
  readonly incrementalAlterConfigs: {
    readonly configs: readonly ConfigEntry[] | null
    readonly errors: readonly { readonly code: string; readonly path: readonly string[] | null }[]
  }
}

const OVERRIDES = '{ topic(name: "orders") { configs(onlyOverrides: true) { name value } } }'

describe('incrementalAlterConfigs', () => {
  it('answers the configs that the request names, in its order, as they are now', async () => {
    const { run } = await fresh()
    const ops: AlterConfigOpInput[] = [
      set('retention.ms', '5'),
      { op: 'APPEND', name: 'cleanup.policy', value: 'delete' },
      { op: 'DELETE', name: 'segment.bytes' },
    ]
    const { data } = await run(AlterConfigsDocument, { resource, ops })
    expect(data.incrementalAlterConfigs).toEqual({
      errors: [],
      configs: [
        { name: 'retention.ms', value: '5', source: 'DYNAMIC_TOPIC_CONFIG', isDefault: false },
        { name: 'cleanup.policy', value: 'compact,delete', source: 'DYNAMIC_TOPIC_CONFIG', isDefault: false },
        { name: 'segment.bytes', value: '1073741824', source: 'DEFAULT_CONFIG', isDefault: true },
      ],
    })
  })

  it('tells what would hold with validateOnly: the same as after the change itself', async () => {
    const { run } = await fresh()
    const before = await run(OVERRIDES)
    const ops: AlterConfigOpInput[] = [
      set('min.insync.replicas', '2'),
      { op: 'APPEND', name: 'cleanup.policy', value: 'delete,compact' },
      { op: 'DELETE', name: 'segment.bytes' },
      { op: 'DELETE', name: 'retention.bytes' },
    ]
    const planned = await run<Details>(DETAILS, { ops, validateOnly: true })
    expect(await run(OVERRIDES)).toEqual(before)
    const done = await run<Details>(DETAILS, { ops })
    expect(planned).toEqual(done)
    const removed: AlterConfigOpInput[] = [{ op: 'SUBTRACT', name: 'cleanup.policy', value: 'compact' }]
    const subtracted = await run<Details>(DETAILS, { ops: removed, validateOnly: true })
    expect(subtracted.data.incrementalAlterConfigs.configs).toMatchObject([{ value: 'delete' }])
  })

  it.each<[string, AlterConfigOpInput[], readonly string[]]>([
    ['names twice', [set('retention.ms', '1'), set('segment.bytes', '2'), set('retention.ms', '3')], ['0', '2']],
    ['values missing', [set('retention.ms', null), { op: 'APPEND', name: 'cleanup.policy' }], ['0', '1']],
  ])('refuses %s before Kafka is asked, each at its index, and does nothing of the rest', async (_, ops, indexes) => {
    const { run, kafka } = await fresh()
    const asked = kafka.counts.incrementalAlterConfigs
    const { data } = await run<Details>(DETAILS, { ops })
    expect(data.incrementalAlterConfigs.configs).toEqual([])
    expect(data.incrementalAlterConfigs.errors.map(({ code, path }) => ({ code, path }))).toEqual(
      indexes.map(index => ({ code: 'INVALID_REQUEST', path: ['ops', index] })),
    )
    expect(kafka.counts.incrementalAlterConfigs).toBe(asked)
  })

  it.each([
    ['[]', 'ops is empty: name at least one config to change.'],
    [`[${'{ op: DELETE, name: "x" } '.repeat(1001)}]`, 'ops takes at most 1000 changes, this request has 1001.'],
  ])('refuses a request that asks for nothing or too much', async (ops, message) => {
    const { run, kafka } = await fresh()
    const asked = kafka.counts.incrementalAlterConfigs
    const answer = await run(
      `mutation { incrementalAlterConfigs(resource: { type: TOPIC, name: "orders" }, ops: ${ops}) { errors { code } } }`,
    )
    expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
    expect(answer.errors[0]?.message).toBe(message)
    expect(kafka.counts.incrementalAlterConfigs).toBe(asked)
  })

  it('finds the op that Kafka’s sentence is about, and none where it names several or no one', async () => {
    const about = async (message: string) => {
      const configAdmin = altering(async () => new KafkaError('INVALID_CONFIG', message))
      const { run } = harness({ topics: { orders: 1 }, ports: { configAdmin } })
      const ops = [set('retention.ms', '1'), set('local.retention.ms', '2')]
      return (await run<Details>(DETAILS, { ops })).data.incrementalAlterConfigs.errors[0]?.path
    }
    expect(await about('Invalid value 2 for configuration local.retention.ms: too short.')).toEqual(['ops', '1'])
    expect(await about('Unknown topic config name: retention.ms.')).toEqual(['ops', '0'])
    expect(await about('local.retention.ms is above retention.ms')).toBeNull()
    expect(await about('Not on Fridays.')).toBeNull()
  })

  it('never tells a secret, neither as it is nor as it would be', async () => {
    const secret: ConfigEntry = {
      name: 'sasl.jaas.config',
      value: null,
      source: 'DYNAMIC_BROKER_CONFIG',
      type: 'PASSWORD',
      isSensitive: true,
      isReadOnly: false,
      synonyms: [],
      documentation: null,
    }
    const made = harness({
      ports: { configAdmin: altering(async (_call, broker) => broker) },
    })
    Object.assign(made.kafka, { describeConfigs: async () => [[secret]] })
    for (const validateOnly of [true, false]) {
      const answer = await made.run(AlterConfigsDocument, {
        resource: { type: 'BROKER', name: '1' },
        ops: [set(secret.name, 'hush-hush')],
        validateOnly,
      })
      expect(answer.data.incrementalAlterConfigs).toMatchObject({ errors: [], configs: [{ value: null }] })
      expect(JSON.stringify(answer)).not.toContain('hush-hush')
    }
  })

  it('says that the change is done although the configs may not be read', async () => {
    const made = harness({ topics: { orders: 1 } })
    Object.assign(made.kafka, { describeConfigs: async () => [new KafkaError('TOPIC_AUTHORIZATION_FAILED')] })
    const answer = await made.run(AlterConfigsDocument, { resource, ops: [set('retention.ms', '1')] })
    expect(answer.data.incrementalAlterConfigs).toEqual({ errors: [], configs: null })
    expect(codes(answer)).toEqual(['TOPIC_AUTHORIZATION_FAILED'])
  })

  it('tells a Kafka that does not answer among the errors', async () => {
    const { run, kafka } = harness({ topics: { orders: 1 } })
    kafka.goDown()
    const { data } = await run(AlterConfigsDocument, { resource, ops: [set('retention.ms', '1')] })
    expect(data.incrementalAlterConfigs).toMatchObject({ errors: [{ code: 'KAFKA_UNAVAILABLE' }], configs: [] })
  })
})

describe('configs of any resource', () => {
  it('are read by type and name', async () => {
    const { run } = await fresh()
    const { data, errors } = await run(`{
      topic: configs(resource: { type: TOPIC, name: "orders" }, onlyOverrides: true) { name value }
      broker: configs(resource: { type: BROKER, name: "1" }, names: ["cleanup.policy"]) { name }
    }`)
    expect(errors).toEqual([])
    expect(data).toEqual({
      topic: [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'retention.ms', value: '1000' },
        { name: 'segment.bytes', value: '2000' },
      ],
      broker: [{ name: 'cleanup.policy' }],
    })
  })

  it('are found by their names, page by page', async () => {
    const { run } = harness({ topics: { a: 1, b: 1, c: 1 } })
    const { data, errors } = await run(`{
      configResources(type: TOPIC, first: 2) {
        totalCount
        pageInfo { hasNextPage }
        nodes { type name configs(names: ["retention.ms"]) { value } }
      }
    }`)
    expect(errors).toEqual([])
    const configs = [{ value: '604800000' }]
    expect(data).toEqual({
      configResources: {
        totalCount: 3,
        pageInfo: { hasNextPage: true },
        nodes: [
          { type: 'TOPIC', name: 'a', configs },
          { type: 'TOPIC', name: 'b', configs },
        ],
      },
    })
    const refused = await run('{ configResources(type: GROUP, first: 1001) { totalCount } }')
    expect(codes(refused)).toEqual(['BAD_USER_INPUT'])
  })

  it('that are not there are null, with Kafka’s error beside them', async () => {
    const { run } = await fresh()
    const answer = await run('{ configs(resource: { type: TOPIC, name: "nothing" }) { name } }')
    expect(answer.data).toEqual({ configs: null })
    expect(codes(answer)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION'])
  })
})
