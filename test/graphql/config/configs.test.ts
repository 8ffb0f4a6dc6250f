import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { codes, harness } from '../harness.ts'

const fresh = async () => {
  const made = harness({ topics: { other: 1 } })
  const configs = [{ name: 'retention.ms', value: '1000' }]
  await made.run('mutation ($topics: [NewTopicInput!]!) { createTopics(topics: $topics) { errors { code } } }', {
    topics: [{ name: 'orders', configs }],
  })
  return made
}

describe('configs', () => {
  it('of a topic: all, those with a name, overrides only, one', async () => {
    const { run } = await fresh()
    const { data, errors } = await run<{ topic: Record<string, unknown> & { all: readonly { name: string }[] } }>(`{
      topic(name: "orders") {
        all: configs { name }
        named: configs(names: ["retention.ms", "cleanup.policy", "nothing"]) { name value source type isDefault }
        overrides: configs(onlyOverrides: true) { name value synonyms { name } documentation }
        one: config(name: "retention.ms") { value }
        none: config(name: "nothing") { value }
      }
    }`)
    expect(errors).toEqual([])
    expect(data.topic.all.length).toBeGreaterThan(5)
    expect(data.topic).toMatchObject({
      named: [
        { name: 'cleanup.policy', value: 'delete', source: 'DEFAULT_CONFIG', type: 'LIST', isDefault: true },
        { name: 'retention.ms', value: '1000', source: 'DYNAMIC_TOPIC_CONFIG', type: 'LONG', isDefault: false },
      ],
      overrides: [{ name: 'retention.ms', value: '1000', synonyms: [], documentation: null }],
      one: { value: '1000' },
      none: null,
    })
  })

  it('tell synonyms and documentation when asked to', async () => {
    const { run } = await fresh()
    const { data } = await run(`{
      topic(name: "orders") {
        configs(names: ["retention.ms"], includeSynonyms: true, includeDocumentation: true) {
          documentation synonyms { name value source }
        }
      }
    }`)
    expect(data).toEqual({
      topic: {
        configs: [
          {
            documentation: 'How long a log is retained.',
            synonyms: [
              { name: 'retention.ms', value: '1000', source: 'DYNAMIC_TOPIC_CONFIG' },
              { name: 'log.retention.ms', value: '604800000', source: 'DEFAULT_CONFIG' },
            ],
          },
        ],
      },
    })
  })

  it('of all topics and brokers are asked for in one request', async () => {
    const { run, kafka } = await fresh()
    const { errors } = await run(
      '{ cluster { brokers { configs { name } } topics { nodes { configs { name } partitions { isUnderMinIsr } } } } }',
    )
    expect(errors).toEqual([])
    expect(kafka.counts.describeConfigs).toBeLessThanOrEqual(2)
  })

  it('that may not be read leave the rest of the topic readable', async () => {
    const { run, kafka } = await fresh()
    Object.assign(kafka, {
      describeConfigs: async (_call: unknown, resources: readonly unknown[]) =>
        resources.map(() => new KafkaError('TOPIC_AUTHORIZATION_FAILED')),
    })
    const answer = await run(
      '{ topic(name: "orders") { name configs { name } partitions { partition isUnderMinIsr } } }',
    )
    expect(answer.data).toEqual({
      topic: { name: 'orders', configs: null, partitions: [{ partition: 0, isUnderMinIsr: null }] },
    })
    expect(codes(answer)).toEqual(['TOPIC_AUTHORIZATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED'])
  })
})
