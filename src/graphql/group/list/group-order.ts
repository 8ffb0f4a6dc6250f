import type { ListOrder } from '../../core/paging/connection.ts'
import { Direction } from '../../core/paging/direction.ts'
import type { KeyShapes } from '../../core/paging/page-cursor.ts'
import { enumType, inputType, parts } from '../../core/schema-part.ts'
import type { RankedGroup } from './ranked-groups.ts'

const GroupOrderField = enumType('GroupOrderField', {
  description:
    'The values by which groups can be sorted. Only the order by id is stable: any other value can change between two pages, and the group then moves to another page.',
  values: {
    GROUP_ID: { description: 'By id, upper case before lower case.' },
    STATE: { description: 'By the name of the state, then by id.' },
    MEMBERS: {
      description: 'By number of members, then by id. This describes every group that matches the filter.',
    },
    LAG: {
      description:
        'By lag, then by id. A share group whose lag the broker does not report sorts below a lag of 0. This requests the offsets of every group that matches the filter.',
    },
  } as const,
})

export const GroupOrder = inputType('GroupOrder', {
  description: 'How to sort groups.',
  fields: t => ({
    field: t.field({ type: GroupOrderField, required: true, description: 'The value to sort by.' }),
    direction: t.field({ type: Direction, required: true, defaultValue: 'ASC', description: 'The sort direction.' }),
  }),
})

export type GroupOrderInput = typeof GroupOrder.$inferInput

/** Sorts below every known number. */
const UNKNOWN = -1

const SHAPES: Readonly<Record<GroupOrderInput['field'], KeyShapes>> = {
  GROUP_ID: [['string']],
  STATE: [['string', 'string']],
  MEMBERS: [['number', 'string']],
  LAG: [['number', 'string']],
}

/** The order for this argument. Default: by id. */
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
        // Cursors are JSON: above 2^53 messages, groups with nearly the same lag sort by id.
        return [Number(lag ?? UNKNOWN), groupId]
    }
  }
  return { list: `groups ${field} ${direction}`, direction, shapes: SHAPES[field], keyOf }
}

/** What this file adds to a schema. */
export const groupOrderParts = parts(GroupOrderField, GroupOrder)
