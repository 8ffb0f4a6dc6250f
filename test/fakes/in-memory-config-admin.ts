import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import type { AlterConfigOp, ConfigAdmin } from '../../src/kafka/ports/config-admin.ts'
import { configTypeOf, configValue } from './in-memory-catalog.ts'
import type { FakeTopic, InMemoryCluster } from './in-memory-cluster.ts'

const entriesOf = (list: string | null): readonly string[] => (list ?? '').split(',').filter(Boolean)

/** The new override of a config; null for none. @throws KafkaError INVALID_CONFIG. */
const altered = (topic: FakeTopic, { op, name, value }: AlterConfigOp): string | null => {
  const type = configTypeOf(name)
  if (type === null) throw new KafkaError('INVALID_CONFIG', `Unknown topic config name: ${name}`)
  if (op === 'DELETE') return null
  if (value === null) throw new KafkaError('INVALID_REQUEST', `Null value not supported for : ${name}`)
  const isNumber = type === 'INT' || type === 'LONG'
  if (op === 'SET' && isNumber && !/^-?\d+$/.test(value)) {
    throw new KafkaError('INVALID_CONFIG', `Invalid value ${value} for configuration ${name}: Not a number`)
  }
  if (op === 'SET') return value
  if (type !== 'LIST')
    throw new KafkaError('INVALID_CONFIG', `Config value append is not allowed for config key: ${name}`)
  const now = entriesOf(configValue(topic, name))
  const named = entriesOf(value)
  const kept = op === 'APPEND' ? [...new Set([...now, ...named])] : now.filter(one => !named.includes(one))
  return kept.join(',')
}

/** The ConfigAdmin port over the fake's cluster, for topic configs only. */
export const inMemoryConfigAdmin = (cluster: InMemoryCluster): ConfigAdmin => ({
  async listConfigResources({ signal }, type) {
    cluster.mustAnswer(signal)
    const names = type === 'TOPIC' ? [...cluster.topics.keys()].sort() : []
    return names.map(name => ({ type, name }))
  },
  async incrementalAlterConfigs({ signal }, resource, ops, { validateOnly = false } = {}) {
    cluster.counts.incrementalAlterConfigs += 1
    cluster.mustAnswer(signal)
    const topic = resource.type === 'TOPIC' ? cluster.topic(resource.name) : null
    if (topic === null) return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION')
    if (new Set(ops.map(({ name }) => name)).size < ops.length) {
      return new KafkaError('INVALID_REQUEST', 'Error due to duplicate config keys')
    }
    try {
      const values = ops.map(op => [op.name, altered(topic, op)] as const)
      if (validateOnly) return resource
      for (const [name, value] of values) {
        if (value === null) topic.configs.delete(name)
        else topic.configs.set(name, value)
      }
      return resource
    } catch (thrown) {
      if (thrown instanceof KafkaError) return thrown
      throw thrown
    }
  },
})
