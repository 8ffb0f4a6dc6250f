import type { TopicDescription } from '../../kafka/cluster.ts'
import type { ListOrder } from '../connection.ts'
import { Direction } from '../direction.ts'
import { enumType, inputType, parts } from '../schema-part.ts'
import type { TopicMeasureName, TopicMeasures } from './topic-measures.ts'

const TopicOrderField = enumType('TopicOrderField', {
  description: 'What topics can be ordered by.',
  values: {
    NAME: { description: 'By name, upper case before lower case.' },
    PARTITIONS: { description: 'By number of partitions, topics with equally many by name.' },
    MESSAGES: {
      description:
        'By `messageCount`, topics with equally many by name; those whose count is not known now, for want of a leader, count as the smallest. Asks for the offsets of every topic that the filter lets through.',
    },
    SIZE: {
      description:
        'By `size`, topics of one size by name; where a leader’s broker does not answer, its next copy counts, and topics of which no broker answers count as the smallest. Asks each broker what lies on its disks.',
    },
  } as const,
})

/** How to order topics. */
export const TopicOrder = inputType('TopicOrder', {
  description: 'How to order topics.',
  fields: t => ({
    field: t.field({ type: TopicOrderField, required: true, description: 'What to order by.' }),
    direction: t.field({ type: Direction, required: true, defaultValue: 'ASC', description: 'Which way.' }),
  }),
})

/** The order as resolvers get it. */
export type TopicOrderInput = typeof TopicOrder.$inferInput

/** What has to be measured for an order; null where the descriptions tell enough. */
export const measureFor = (order: TopicOrderInput | null | undefined): TopicMeasureName | null => {
  const field = order?.field ?? 'NAME'
  return field === 'NAME' || field === 'PARTITIONS' ? null : field
}

/** The order that an argument stands for; by name when it is left out. */
export const topicOrder = (
  order: TopicOrderInput | null | undefined,
  measures: TopicMeasures = new Map(),
): ListOrder<TopicDescription> => {
  const { field = 'NAME', direction = 'ASC' } = order ?? {}
  const rankOf = ({ name, partitions }: TopicDescription) =>
    field === 'PARTITIONS' ? partitions.length : (measures.get(name) ?? 0)
  return {
    list: `topics ${field} ${direction}`,
    direction,
    shapes: field === 'NAME' ? [['string']] : [['number', 'string']],
    keyOf: topic => (field === 'NAME' ? [topic.name] : [rankOf(topic), topic.name]),
  }
}

/** What this file adds to a schema. */
export const topicOrderParts = parts(TopicOrderField, TopicOrder)
