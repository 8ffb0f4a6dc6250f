import type { TopicDescription } from '../../kafka/cluster.ts'
import type { ListOrder } from '../core/paging/connection.ts'
import { Direction } from '../core/paging/direction.ts'
import { enumType, inputType, parts } from '../core/schema-part.ts'
import type { TopicMeasureName, TopicMeasures } from './topic-measures.ts'

const TopicOrderField = enumType('TopicOrderField', {
  description: 'The values by which topics can be sorted.',
  values: {
    NAME: { description: 'By name, upper case before lower case.' },
    PARTITIONS: { description: 'By number of partitions, then by name.' },
    MESSAGES: {
      description:
        'By `messageCount`, then by name. A topic whose count is unknown, because a partition has no leader, sorts as the smallest. This requests the offsets of every topic that matches the filter.',
    },
    SIZE: {
      description:
        'By `size`, then by name. If a leader’s broker does not answer, the size of another replica counts; a topic that no broker reports sorts as the smallest. This asks every broker for the contents of its disks.',
    },
  } as const,
})

export const TopicOrder = inputType('TopicOrder', {
  description: 'How to sort topics.',
  fields: t => ({
    field: t.field({ type: TopicOrderField, required: true, description: 'The value to sort by.' }),
    direction: t.field({ type: Direction, required: true, defaultValue: 'ASC', description: 'The sort direction.' }),
  }),
})

export type TopicOrderInput = typeof TopicOrder.$inferInput

/** What to measure for this order; null when the topics' descriptions suffice. */
export const measureFor = (order: TopicOrderInput | null | undefined): TopicMeasureName | null => {
  const field = order?.field ?? 'NAME'
  return field === 'NAME' || field === 'PARTITIONS' ? null : field
}

/** The order for this argument. Default: by name. */
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
