import type { GraphQLResolveInfo } from 'graphql'
import { badInput } from '../failures.ts'
import { type SelectionCost, selectionCost } from './selection-cost.ts'

/** Key, value and headers in every form there is, and a few aliases. */
const MAX_RENDERINGS = 20
const MAX_FIELDS = 200

/**
 * Bounds what a subscription makes of each message: 900 aliases of `value { string }` would make an event of 3.6 GB from 4 MB of
 * messages. Answers what each message costs. @throws GraphQLError BAD_USER_INPUT that says what would be right.
 */
export const checkSelection = (argument: string, info: GraphQLResolveInfo): SelectionCost => {
  const cost = selectionCost(info)
  if (cost.renderings > MAX_RENDERINGS) {
    throw badInput(
      argument,
      `is rendered ${cost.renderings} times an event (string, json, base64, hex, format): at most ${MAX_RENDERINGS}.`,
    )
  }
  if (cost.fields > MAX_FIELDS) {
    throw badInput(argument, `has ${cost.fields} fields selected of each event: select at most ${MAX_FIELDS}.`)
  }
  return cost
}
