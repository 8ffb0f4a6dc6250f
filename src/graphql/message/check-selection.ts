import type { GraphQLResolveInfo } from 'graphql'
import { badInput } from '../core/errors/failures.ts'
import { type SelectionCost, selectionCost } from './selection-cost.ts'

/** Enough for key, value and headers in every form, and a few aliases. */
const MAX_RENDERINGS = 20
const MAX_FIELDS = 200

/**
 * Limits what a subscription renders of each message: 900 aliases of `value { string }` would turn 4 MB of messages into
 * an event of 3.6 GB. Returns the cost of each message.
 * @throws GraphQLError BAD_USER_INPUT that names the limit, or an argument that is wrong for every message.
 */
export const checkSelection = (argument: string, info: GraphQLResolveInfo): SelectionCost => {
  const cost = selectionCost(info)
  if (cost.renderings > MAX_RENDERINGS) {
    throw badInput(
      argument,
      `renders payloads ${cost.renderings} times per event (auto, string, json, number, base64, hex, format, schema, decodeError): at most ${MAX_RENDERINGS}.`,
    )
  }
  if (cost.fields > MAX_FIELDS) {
    throw badInput(argument, `selects ${cost.fields} fields of each event: select at most ${MAX_FIELDS}.`)
  }
  return cost
}
