import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { BatchLimits } from '../../kafka/ports/message-streams.ts'
import type { FieldCost } from '../cost.ts'

/** What one event of a batch may come to: each of these takes 30 to 80 ms. */
const EVENT = { values: 25_000, nameBytes: 4_194_304, workBytes: 4_194_304 } as const

/** What is made of each message that a subscription delivers. */
export interface SelectionCost {
  fields: number
  /** Fields that go through all bytes of a payload. */
  renderings: number
  /** Characters of all response names. */
  nameBytes: number
  /** Work for one byte, by the field of the message that holds it: its bytes are in one of them only. */
  readonly work: Map<string, number>
}

interface Walk {
  readonly info: GraphQLResolveInfo
  readonly cost: SelectionCost
  /** The field of the message that the selections are under; empty above the messages. */
  readonly part: string
}

const countField = (node: FieldNode, type: GraphQLNamedType, walk: Walk): void => {
  const { cost, part } = walk
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
  const { workPerByte: work, payload }: FieldCost = field?.extensions.cost ?? {}
  cost.fields += 1
  cost.nameBytes += (node.alias ?? node.name).value.length
  if (work !== undefined) {
    cost.renderings += 1
    cost.work.set(part, (cost.work.get(part) ?? 0) + work)
  }
  if (field === undefined) return
  count(node.selectionSet, getNamedType(field.type), { ...walk, part: payload ?? part })
}

const count = (set: SelectionSetNode | undefined, type: GraphQLNamedType, walk: Walk): void => {
  const { info } = walk
  for (const node of set?.selections ?? []) {
    if (node.kind === Kind.FIELD) {
      countField(node, type, walk)
      continue
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? info.fragments[node.name.value] : node
    const on = fragment?.typeCondition ? info.schema.getType(fragment.typeCondition.name.value) : undefined
    count(fragment?.selectionSet, on ?? type, walk)
  }
}

/** What the selections of a subscription cost for each message. */
export const selectionCost = (info: GraphQLResolveInfo): SelectionCost => {
  const cost: SelectionCost = { fields: 0, renderings: 0, nameBytes: 0, work: new Map() }
  const type = getNamedType(info.returnType)
  for (const { selectionSet } of info.fieldNodes) count(selectionSet, type, { info, cost, part: '' })
  return cost
}

/**
 * Batches so small that the event made of one stays within bounds: 10,000 messages with 190 fields each stopped the event loop
 * for 3 s. Ordinary selections keep the batches that they ask for. A single message may still be larger.
 */
export const boundedBatches = (limits: BatchLimits, { fields, nameBytes, work }: SelectionCost): BatchLimits => {
  const byValues = EVENT.values / Math.max(1, fields)
  const byNames = EVENT.nameBytes / Math.max(1, nameBytes)
  const byWork = EVENT.workBytes / Math.max(1, ...work.values())
  return {
    ...limits,
    maxMessages: Math.max(1, Math.floor(Math.min(limits.maxMessages, byValues, byNames))),
    maxBytes: Math.max(1, Math.floor(Math.min(limits.maxBytes, byWork))),
  }
}
