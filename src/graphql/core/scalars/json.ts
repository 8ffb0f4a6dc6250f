import { GraphQLScalarType, Kind, print, type ValueNode } from 'graphql'
import { GraphQLJSON } from 'graphql-scalars'
import { MAX_JSON_DEPTH } from '../../../kafka/payload/json-depth.ts'
import { shortened } from '../../../kafka/text.ts'
import type { ScalarBytes } from '../json-bytes.ts'

/** The variables of an operation before coercion: the values that the client sent, and the defaults of the others. */
export interface SentVariables {
  readonly given: Readonly<Record<string, unknown>>
  readonly defaults: ReadonlyMap<string, ValueNode>
}

/** The variable that holds SentVariables. No document can name it, because a name has no space. */
export const SENT_VARIABLES = 'sent variables'

/** A literal that JSON cannot hold exactly. The resolver refuses only the message that contains it. */
export class UnwritableJson {
  readonly problem: string

  constructor(problem: string) {
    this.problem = problem
  }
}

class LiteralProblem extends Error {}

interface Reading {
  readonly sent: SentVariables | undefined
  readonly depth: number
  /** True inside a variable's default value, where an enum value stands for the name that a client would send. */
  readonly isDefault: boolean
}

const ABSENT = Symbol('absent')

const numberOf = (digits: string): number => {
  const value = Number(digits)
  const isTooLarge = Math.abs(value) > Number.MAX_SAFE_INTEGER
  const isLost = value === 0 && /[1-9]/.test(digits.replace(/[eE].*/, ''))
  if (!isTooLarge && !isLost) return value
  throw new LiteralProblem(
    `the number ${shortened(digits)} is beyond what JSON parsers keep exactly (2^53 - 1): write the text as string`,
  )
}

/** A variable without a value: left out of an object, like an absent input field; null in a list. */
const variableOf = (name: string, reading: Reading): unknown => {
  const { given, defaults } = reading.sent ?? { given: {}, defaults: new Map<string, ValueNode>() }
  if (Object.hasOwn(given, name)) return given[name]
  const node = defaults.get(name)
  return node === undefined ? ABSENT : readValue(node, { ...reading, isDefault: true })
}

const fieldsOf = (node: ValueNode & { readonly kind: Kind.OBJECT }, reading: Reading): object => {
  const fields: Record<string, unknown> = Object.create(null)
  for (const { name, value: fieldNode } of node.fields) {
    const value = readValue(fieldNode, reading)
    if (value !== ABSENT) fields[name.value] = value
  }
  return fields
}

const readValue = (node: ValueNode, reading: Reading): unknown => {
  if (reading.depth > MAX_JSON_DEPTH) throw new LiteralProblem(`it is nested deeper than ${MAX_JSON_DEPTH} levels`)
  const inner = { ...reading, depth: reading.depth + 1 }
  switch (node.kind) {
    case Kind.NULL:
      return null
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value
    case Kind.INT:
    case Kind.FLOAT:
      return numberOf(node.value)
    case Kind.LIST:
      return node.values.map(item => readValue(item, inner)).map(item => (item === ABSENT ? null : item))
    case Kind.OBJECT:
      return fieldsOf(node, inner)
    case Kind.VARIABLE:
      return variableOf(node.name.value, reading)
    case Kind.ENUM:
      if (reading.isDefault) return node.value
      throw new LiteralProblem(`${shortened(print(node))} is not a JSON value: write a string in quotes`)
  }
}

const isSentVariables = (value: unknown): value is SentVariables =>
  typeof value === 'object' && value !== null && 'given' in value && 'defaults' in value

const parseJsonLiteral = (node: ValueNode, variables?: Readonly<Record<string, unknown>> | null): unknown => {
  const sent = variables?.[SENT_VARIABLES]
  try {
    const value = readValue(node, { sent: isSentVariables(sent) ? sent : undefined, depth: 0, isDefault: false })
    return value === ABSENT ? undefined : value
  } catch (thrown) {
    if (thrown instanceof LiteralProblem) return new UnwritableJson(thrown.message)
    throw thrown
  }
}

const writeJson: ScalarBytes = (value, to) => {
  to.json(value)
  return true
}

/**
 * JSON. A literal has its JSON meaning. A variable inside it stands for the value that the client sent, not for the
 * coerced one.
 */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  ...GraphQLJSON.toConfig(),
  extensions: { bytes: writeJson },
  description: `Any JSON value: object, list, string, number, boolean or null, at most ${MAX_JSON_DEPTH} levels deep. In a document, write it as a GraphQL literal. It can contain variables, each of which becomes the JSON value that was sent for it. An enum value such as RED is not JSON and is refused. A variable without a value is left out of an object and is null in a list.`,
  parseLiteral: parseJsonLiteral,
})
