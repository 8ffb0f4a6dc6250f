import type { ListOrder } from '../connection.ts'
import { Direction } from '../direction.ts'
import type { KeyShapes } from '../page-cursor.ts'
import { enumType, inputType, parts } from '../schema-part.ts'
import type { RankedGroup } from './ranked-groups.ts'

const GroupOrderField = enumType('GroupOrderField', {
  description:
    'What groups can be ordered by. By id, each group stays where it is; anything else may change between two pages, and a group with it from one page to another.',
  values: {
    GROUP_ID: { description: 'By id, upper case before lower case.' },
    STATE: { description: 'By the name of the state, groups in the same state by id.' },
    MEMBERS: {
      description:
        'By number of members, groups with equally many by id. Every group that the filter lets through is described for it.',
    },
    LAG: {
      description:
        'By lag, groups with the same by id; share groups whose lag the broker does not tell come below those with a lag of 0. The offsets of every group that the filter lets through are asked for.',
    },
  } as const,
})

/** How to order groups. */
export const GroupOrder = inputType('GroupOrder', {
  description: 'How to order groups.',
  fields: t => ({
    field: t.field({ type: GroupOrderField, required: true, description: 'What to order by.' }),
    direction: t.field({ type: Direction, required: true, defaultValue: 'ASC', description: 'Which way.' }),
  }),
})

/** The order as resolvers get it. */
export type GroupOrderInput = typeof GroupOrder.$inferInput

/** Below every known number. */
const UNKNOWN = -1

const SHAPES: Readonly<Record<GroupOrderInput['field'], KeyShapes>> = {
  GROUP_ID: [['string']],
  STATE: [['string', 'string']],
  MEMBERS: [['number', 'string']],
  LAG: [['number', 'string']],
}

/** The order that an argument stands for; by id when it is left out. */
export const groupOrder = (order: GroupOrderInput | null | undefined): ListOrder<RankedGroup> => {
  const { field = 'GROUP_ID', direction = 'ASC' } = order ?? {}
  const keyOf = ({ listing, lag, members }: RankedGroup) => {
    const { groupId, state } = listing
    switch (field) {
      case 'GROUP_ID':
        return [groupId]
      case 'STATE':
        return [state, groupId]
      case 'MEMBERS':
        return [members ?? UNKNOWN, groupId]
      case 'LAG':
        // A cursor is JSON: beyond 2^53 messages, groups with nearly the same lag go by id.
        return [Number(lag ?? UNKNOWN), groupId]
    }
  }
  return { list: `groups ${field} ${direction}`, direction, shapes: SHAPES[field], keyOf }
}

/** What this file adds to a schema. */
export const groupOrderParts = parts(GroupOrderField, GroupOrder)
