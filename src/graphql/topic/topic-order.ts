import type { TopicDescription } from '../../kafka/cluster.ts'
import { builder } from '../builder.ts'
import type { ListOrder } from '../connection.ts'
import { Direction } from '../direction.ts'

const TopicOrderField = builder.enumType('TopicOrderField', {
  description: 'What topics can be ordered by.',
  values: {
    NAME: { description: 'By name, upper case before lower case.' },
    PARTITIONS: { description: 'By number of partitions, topics with equally many by name.' },
  } as const,
})

/** How to order topics. */
export const TopicOrder = builder.inputType('TopicOrder', {
  description: 'How to order topics.',
  fields: t => ({
    field: t.field({ type: TopicOrderField, required: true, description: 'What to order by.' }),
    direction: t.field({ type: Direction, required: true, defaultValue: 'ASC', description: 'Which way.' }),
  }),
})

/** The order that an argument stands for; by name when it is left out. */
export const topicOrder = (order: typeof TopicOrder.$inferInput | null | undefined): ListOrder<TopicDescription> => {
  const { field = 'NAME', direction = 'ASC' } = order ?? {}
  return {
    list: `topics ${field} ${direction}`,
    direction,
    keyOf: ({ name, partitions }) => (field === 'NAME' ? [name] : [partitions.length, name]),
  }
}
