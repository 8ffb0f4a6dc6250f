import { type ExecutionResult, execute, GraphQLError, isObjectType, parse, buildSchema as schemaOf } from 'graphql'
import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../../src/kafka/errors/kafka-error.ts'
import { silentLogger } from '../../../../src/kafka/logger.ts'
import { createToClientError } from '../../../../src/server/pipeline/errors/client-error.ts'
import { toClientResult } from '../../../../src/server/pipeline/operation.ts'
import { createSubscribe } from '../../../../src/server/pipeline/subscribe/subscription.ts'
import { withOneEvent } from '../../support/one-event.ts'

const schema = schemaOf(`
  type Query { nothing: Int }
  type Subscription { event: Event }
  type Event { fails: Int refuses: Int kafka: Int missing: Int! wrong: Int list: [Event!] odd: Odd later: Int plain: Int made: Int }
  union Odd = Event
`)
const refusal = new GraphQLError('No.', { extensions: { code: 'BAD_USER_INPUT' } })
const later = async () => {
  throw new Error('later')
}
const event = {
  event: {
    fails: () => {
      throw new Error('fails')
    },
    refuses: () => {
      throw refusal
    },
    kafka: () => {
      throw new KafkaError('TOPIC_DELETED')
    },
    missing: () => null,
    wrong: () => 'not a number',
    list: () => [{}, {}],
    odd: () => ({}),
    later,
    plain: () => 1,
  },
}
withOneEvent(schema).event = event
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
// As in the product's schema, every field has its own resolver.
for (const type of [schema.getType('Event'), schema.getSubscriptionType()]) {
  for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
    field.resolve = (source, _args, _context, info) => {
      // An error with its own path: graphql passes it on unchanged.
      if (field.name === 'made') throw new GraphQLError('made', { nodes: info.fieldNodes, path: ['made', 'here'] })
      const value: unknown = isRecord(source) ? source[field.name] : undefined
      return typeof value === 'function' ? value() : value
    }
  }
}

const subscribe = createSubscribe({ sharedResultBytes: 1 << 20, maxQueryFields: 1000 })
const resultOf = async (source: string): Promise<ExecutionResult> => {
  const results = await subscribe({ schema, document: parse(source) })
  if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
  return (await results.next()).value
}

const asSeen = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result))

const toClientError = createToClientError(silentLogger)

describe('an error of a field', () => {
  it.each([
    'subscription { event { plain fails } }',
    'subscription { event { plain refuses } }',
    'subscription { event { kafka plain } }',
    'subscription { event { plain later } }',
    'subscription { event { list { missing } plain } }',
    'subscription { event { plain made } }',
    'subscription {\n  event { plain ...F ...F }\n}\nfragment F on Event {\n  fails\n  a: fails }',
    'subscription { event { fails ... on Event { fails } } }',
    // Compiled code throws the error of a union whose type cannot be resolved.
    'subscription { event { plain odd { ... on Event { plain } } } }',
  ])('is graphql’s own and points into the document of its client: %j', async source => {
    const expected = await execute({ schema, document: parse(source), rootValue: event })
    expect(expected.errors).toBeDefined()
    for (const written of [source, source]) {
      const result = await resultOf(written)
      expect(asSeen(result)).toEqual(asSeen(expected))
      for (const error of result.errors ?? []) expect(error.extensions).toBeTypeOf('object')
      const codesOf = (each: ExecutionResult) => toClientResult(each, toClientError).errors?.map(e => e.extensions.code)
      expect(codesOf(result)).toEqual(codesOf(expected))
    }
  })

  it('about a value of the wrong type is a fault of the server, and hidden from the client', async () => {
    const source = 'subscription { event { plain wrong } }'
    const result = await resultOf(source)
    expect(asSeen(result)).toEqual(asSeen(await execute({ schema, document: parse(source), rootValue: event })))
    const { errors = [] } = toClientResult(result, toClientError)
    expect(errors.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      ['Unexpected error.', 'INTERNAL_SERVER_ERROR'],
    ])
  })

  it('is a single one for a list that becomes null', async () => {
    const { errors = [] } = await resultOf('subscription { event { list { missing a: missing } } }')
    expect(errors.map(({ path }) => path)).toEqual([['event', 'list', 0, 'missing']])
  })

  it('points into each document, although both share the compiled form', async () => {
    const line = async (source: string) => (await resultOf(source)).errors?.map(({ locations }) => locations?.[0]?.line)
    expect(await line('subscription { event { plain fails } }')).toEqual([1])
    expect(await line('subscription { event {\n plain\n fails } }')).toEqual([3])
  })
})

describe('an error of a library', () => {
  /** As graphql-jit makes them: GraphQL errors by prototype, without extensions. */
  const foreign = (about: object): GraphQLError => Object.assign(Object.create(GraphQLError.prototype), about)

  it.each([
    [{ message: 'no place' }, { message: 'no place', extensions: { code: 'BAD_USER_INPUT' } }],
    [
      { message: 'in a field', path: ['a'] },
      { message: 'in a field', path: ['a'] },
    ],
    [
      { message: 'with a cause', path: ['a'], originalError: new KafkaError('TOPIC_DELETED') },
      { path: ['a'], extensions: { code: 'TOPIC_DELETED' } },
    ],
  ])('that lacks extensions reaches the client like any other: %j', (about, expected) => {
    const { errors = [] } = toClientResult({ errors: [foreign(about)] }, toClientError)
    expect(errors.map(error => error.toJSON())).toMatchObject([expected])
    expect(errors[0]?.extensions).toBeTypeOf('object')
  })
})
