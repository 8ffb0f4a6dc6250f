import {
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { badInput } from '../failures.ts'

/** Fields of a payload that write its bytes into the answer once more. */
const RENDERINGS = new Set(['string', 'json', 'base64', 'hex'])
/** Key, value and headers in every form there is, and a few aliases. */
const MAX_RENDERINGS = 20
const MAX_FIELDS = 200

interface Count {
  fields: number
  renderings: number
}

const countIn = (
  set: SelectionSetNode | undefined,
  type: GraphQLNamedType,
  info: GraphQLResolveInfo,
  count: Count,
): void => {
  for (const node of set?.selections ?? []) {
    if (node.kind === Kind.FIELD) {
      const name = node.name.value
      count.fields += 1
      if (type.name === 'MessagePayload' && RENDERINGS.has(name)) count.renderings += 1
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
      if (field) countIn(node.selectionSet, getNamedType(field.type), info, count)
      continue
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? info.fragments[node.name.value] : node
    const on = fragment?.typeCondition ? info.schema.getType(fragment.typeCondition.name.value) : undefined
    countIn(fragment?.selectionSet, on ?? type, info, count)
  }
}

/**
 * Bounds what a subscription makes of each message: 900 aliases of `value { string }` would make 4 MB of messages an event of
 * 3.6 GB. @throws GraphQLError BAD_USER_INPUT that says what would be right.
 */
export const checkSelection = (argument: string, info: GraphQLResolveInfo): void => {
  const count: Count = { fields: 0, renderings: 0 }
  const type = getNamedType(info.returnType)
  for (const { selectionSet } of info.fieldNodes) countIn(selectionSet, type, info, count)
  const { fields, renderings } = count
  if (renderings > MAX_RENDERINGS) {
    throw badInput(
      argument,
      `is rendered ${renderings} times an event (string, json, base64, hex): at most ${MAX_RENDERINGS}.`,
    )
  }
  if (fields > MAX_FIELDS) {
    throw badInput(argument, `has ${fields} fields selected of each event: select at most ${MAX_FIELDS}.`)
  }
}
