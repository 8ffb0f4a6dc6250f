import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { codes, harness, limits } from '../../harness.ts'

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `t${index}`)
const message = async (query: string, v: unknown) => {
  const answer = await harness().run(query, { v })
  expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
  return answer.errors[0]?.message
}

describe('what an argument may hold', () => {
  it('is a list of 10,000 items, wherever the list stands', async () => {
    const query = 'query ($v: TopicFilter) { topics(filter: $v) { totalCount } }'
    expect(await message(query, { names: names(10_001) })).toBe('filter.names has 10001 items: give at most 10000.')
    expect((await harness().run(query, { v: { names: names(10_000) } })).errors).toEqual([])
  })

  it('is checked before a subscription looks at it', async () => {
    const { listen, streams } = harness()
    const partitions = Array.from({ length: 10_001 }, (_, index) => index)
    const { refused } = await listen('subscription ($v: [Int!]) { messages(topic: "t", partitions: $v) { offset } }', {
      v: partitions,
    })
    expect(refused?.errors[0]?.message).toBe('partitions has 10001 items: give at most 10000.')
    expect(streams.requests).toEqual([])
  })
})

const hasList = (type: GraphQLInputType, seen = new Set<GraphQLInputType>()): boolean => {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return true
  if (!isInputObjectType(nullable) || seen.has(nullable)) return false
  seen.add(nullable)
  return Object.values(nullable.getFields()).some(field => hasList(field.type, seen))
}

/** Fields with a list somewhere in their arguments. */
const fieldsWithLists = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(type => !type.name.startsWith('__') && type !== schema.getMutationType())
    .flatMap(type => Object.values(type.getFields()).map(field => ({ name: `${type.name}.${field.name}`, field })))
    .filter(({ field }) => field.args.some(argument => hasList(argument.type)))

describe('every field of queries and subscriptions with a list in its arguments', () => {
  const TOO_MANY = Array.from({ length: 100_000 }, () => null)
  const filled = (type: GraphQLInputType, depth = 0): unknown => {
    const nullable = getNullableType(type)
    if (isListType(nullable)) return TOO_MANY
    if (!isInputObjectType(nullable) || depth > 4) return undefined
    return Object.fromEntries(
      Object.values(nullable.getFields()).map(field => [field.name, filled(field.type, depth + 1)]),
    )
  }

  it.each(fieldsWithLists(buildSchema()))('refuses one that is too long: $name', async ({ field }) => {
    const args = Object.fromEntries(field.args.map(({ name, type }) => [name, filled(type)]))
    const call = field.subscribe ?? field.resolve
    await expect(call?.({}, args, { limits }, {} as never)).rejects.toThrow(/has 100000 items: give at most 10000\./)
  })
})
