import { GraphQLError, Kind, print, type ValueNode } from 'graphql'
import { shortened } from '../../../kafka/text.ts'

/** Reads a literal's text with `parseText`; an error names the place in the document. */
export const literalParser =
  <T>(
    scalar: string,
    parseText: (text: string) => T,
    kinds: readonly (typeof Kind.STRING | typeof Kind.INT)[] = [Kind.STRING],
  ): ((node: ValueNode) => T) =>
  node => {
    if ((node.kind !== Kind.STRING && node.kind !== Kind.INT) || !kinds.includes(node.kind)) {
      throw new GraphQLError(`${scalar} cannot be written as ${shortened(print(node))}.`, { nodes: node })
    }
    try {
      return parseText(node.value)
    } catch (thrown) {
      throw thrown instanceof GraphQLError ? new GraphQLError(thrown.message, { nodes: node }) : thrown
    }
  }
