import type { GraphQLLeafType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'
import { AnswerJson } from './answer/answer.ts'
import type { Execution } from './execution.ts'

/** The fewest bytes that a completed value takes. */
export const leafBytes = (leaf: unknown): number => {
  if (typeof leaf === 'string') return leaf.length + 2
  return leaf instanceof AnswerJson ? leaf.text.length : 1
}

/** Serialises the value of a scalar or enum. @throws whatever its type throws, or an error for null. */
export const completeLeaf = (execution: Execution, type: GraphQLLeafType, value: unknown): unknown => {
  const leaf: unknown = type.serialize(value)
  if (typeof leaf === 'string' || typeof leaf === 'number' || typeof leaf === 'boolean') {
    execution.take(leafBytes(leaf))
    return leaf
  }
  if (leaf === null || leaf === undefined)
    throw new Error(
      `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(leaf)}`,
    )
  const text = JSON.stringify(leaf) ?? 'null'
  execution.take(text.length)
  return new AnswerJson(text)
}
