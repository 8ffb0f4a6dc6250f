import { readdirSync, readFileSync } from 'node:fs'
import { execute, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createContext } from '../../../src/graphql/context.ts'
import type { GraphQLLimits } from '../../../src/graphql/limits.ts'
import { buildSchema } from '../../../src/graphql/schema.ts'
import { createExecute } from '../../../src/server/execution/create-execute.ts'
import { createReadyOperations } from '../../../src/server/ready-operations.ts'
import { harness, limits } from '../../graphql/harness.ts'

const schema = buildSchema()
const ready = createReadyOperations(schema)
const planned = createExecute(schema)

type Variables = Readonly<Record<string, unknown>>
interface Case {
  readonly name: string
  readonly source: string
  readonly variables?: Variables
}

const folder = new URL('../../../schema/operations/', import.meta.url)
const names = readdirSync(folder)
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const everyday: readonly Case[] = names
  .filter(name => name.endsWith('.graphql') && !/^subscription|\nsubscription/.test(textOf(name)))
  .map(name => {
    const variables = name.replace('.graphql', '.variables.json')
    return { name, source: textOf(name), variables: names.includes(variables) ? JSON.parse(textOf(variables)) : {} }
  })

const PRODUCE = `mutation ($input: ProduceInput!, $more: Boolean! = false) {
  first: produce(input: $input) { results { partition offset topic { name partitions { partition } } } ...Failures }
  second: produce(input: { topic: "b", messages: [{ key: { base64: "AAE=" }, partition: 1 }, { partition: 9 }] }) {
    results { offset cursor timestamp } errors { code message path } __typename
  }
}
fragment Failures on MutationPayload { errors { code } ... on ProducePayload { results { partition @include(if: $more) } } }`

const HOSTILE: readonly Case[] = [
  {
    name: 'several produces, one after another',
    source: PRODUCE.replace(' @include(if: $more)', '').replace(', $more: Boolean! = false', ''),
    variables: { input: { topic: 'a', messages: [{ value: { string: 'x' } }, { partition: 7 }] } },
  },
  { name: 'conditions', source: PRODUCE, variables: { input: { topic: 'a', messages: [] }, more: true } },
  {
    name: 'lists in lists',
    source:
      '{ topics { nodes { name partitions { partition replicas { broker { nodeId } } leader { nodeId } latestOffset isr { brokerId } } } totalCount } }',
  },
  {
    name: 'names that mean nothing',
    source: '{ a: topic(name: "a") { name } b: topic(name: "missing") { name } c: topic(name: "no/topic") { name } }',
  },
  { name: 'nodes of several kinds', source: '{ nodes(ids: ["x", "y"]) { __typename id ... on Topic { name } } }' },
  { name: 'introspection', source: '{ __typename __type(name: "Topic") { name fields { name } } }' },
  {
    name: 'a page beyond its bound',
    source: 'query ($first: Int) { topics(first: $first) { nodes { name } } }',
    variables: { first: 100_000 },
  },
]

describe('the execution of the schema', () => {
  const few: GraphQLLimits = { ...limits, answer: { maxValues: 40 } }

  it.each([...everyday, ...HOSTILE])(
    'answers as graphql does: $name',
    async ({ source, variables: variableValues = {} }) => {
      const document = parse(source)
      expect(validate(schema, document)).toEqual([])
      for (const chosen of [limits, few]) {
        const contextOf = () =>
          createContext(harness({ brokers: 3, topics: { a: 2, b: 3, 'ishwar-topic': 2 } }).ports, chosen)()
        const operation = ready(document, undefined)
        const variables = operation?.variablesOf(variableValues)
        if (operation === undefined || variables === undefined) throw new Error('not ready')
        const expected = await execute({ schema, document, variableValues, contextValue: contextOf() })
        const args = { ...operation, variableValues: variables }
        const result = await planned({ ...args, contextValue: contextOf() })
        expect(withoutTimes(result)).toBe(withoutTimes(expected))
      }
    },
  )
})

/** Two runs are two moments. */
const withoutTimes = (result: unknown): string =>
  JSON.stringify(result).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time')
