import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  locatedError,
  type SelectionSetNode,
} from 'graphql'
import type { BatchLimits } from '../../kafka/ports/message-streams.ts'
import type { FieldCost } from '../core/cost.ts'

/** The limits of one event of a batch: reaching any of them takes 20 to 60 ms. */
const EVENT = { values: 12_500, nameBytes: 2_097_152, workBytes: 4_194_304 } as const

/** The cost of each message that a subscription delivers. */
export interface SelectionCost {
  fields: number
  /** Fields that read all bytes of a payload. */
  renderings: number
  /** Characters of all response names. */
  nameBytes: number
  /** The work per byte, by message field: a byte belongs to exactly one of them. */
  readonly work: Map<string, number>
}

interface Walk {
  readonly info: GraphQLResolveInfo
  readonly cost: SelectionCost
  /** The message field above the selections; empty above the messages. */
  readonly part: string
}

/** Refuses arguments that would fail for each message. @throws GraphQLError with the place in the document. */
const checkArguments = (field: GraphQLField<unknown, unknown>, node: FieldNode, info: GraphQLResolveInfo): void => {
  const { checkArguments: check } = field.extensions
  if (check === undefined) return
  try {
    check(getArgumentValues(field, node, info.variableValues))
  } catch (thrown) {
    throw locatedError(thrown, node)
  }
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
  checkArguments(field, node, walk.info)
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

/** The cost of a subscription's selections for each message. */
export const selectionCost = (info: GraphQLResolveInfo): SelectionCost => {
  const cost: SelectionCost = { fields: 0, renderings: 0, nameBytes: 0, work: new Map() }
  const type = getNamedType(info.returnType)
  for (const { selectionSet } of info.fieldNodes) count(selectionSet, type, { info, cost, part: '' })
  return cost
}

/**
 * Reduces batches so that the event of one stays within the limits: 10,000 messages with 190 fields each blocked the
 * event loop for 3 s. Ordinary selections keep the requested batch size. A single message may still be larger.
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
