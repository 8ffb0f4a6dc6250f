import type { NewTopic } from '../kafka/ports/topic-admin.ts'
import { toTopicName } from '../kafka/topic-name.ts'

/** A topic to create at start. */
export interface TopicSpec extends NewTopic {
  readonly numPartitions: number
  readonly replicationFactor: number
}

/** Kafka stores the replication factor in 16 bits. */
const MAX_REPLICATION_FACTOR = 32_767
const MAX_PARTITIONS = 100_000

const count = (text: string | undefined, what: string, most: number, spec: string): number => {
  const number = Number(text)
  if (text !== undefined && /^\d+$/.test(text) && number >= 1 && number <= most) return number
  const given = text === undefined ? 'is missing' : `cannot be ${JSON.stringify(text)}`
  throw new Error(
    `${what} of ${JSON.stringify(spec)} ${given}: write name:partitions:replicationFactor, such as orders:3:1`,
  )
}

const configOf = (pair: string, spec: string) => {
  const at = pair.indexOf('=')
  if (at < 1) throw new Error(`config ${JSON.stringify(pair)} of ${JSON.stringify(spec)} is not name=value`)
  return { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() }
}

/** Parses `name:partitions:replicationFactor[:config=value;…]`. @throws Error that shows the right form. */
export const parseTopicSpec = (spec: string): TopicSpec => {
  const [name = '', partitions, replicationFactor, ...rest] = spec.split(':')
  const pairs = rest
    .join(':')
    .split(';')
    .filter(pair => pair.trim() !== '')
  return {
    name: toTopicName(name),
    numPartitions: count(partitions, 'the number of partitions', MAX_PARTITIONS, spec),
    replicationFactor: count(replicationFactor, 'the replication factor', MAX_REPLICATION_FACTOR, spec),
    replicaAssignments: null,
    configs: pairs.map(pair => configOf(pair, spec)),
  }
}
