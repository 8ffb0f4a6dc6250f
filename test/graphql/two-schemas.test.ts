import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isUnionType,
  parse,
  printSchema,
  specifiedScalarTypes,
  validate,
  validateSchema,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { PassQueue } from '../../src/async/pass-queue.ts'
import { createContext } from '../../src/graphql/core/context.ts'
import { NodeInterface } from '../../src/graphql/core/node.ts'
import { objectField, objectRef, queryField, type SchemaPart } from '../../src/graphql/core/schema-part.ts'
import { Message } from '../../src/graphql/message/message-type.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { toOffset } from '../../src/kafka/offset.ts'
import { createPayloadReader } from '../../src/payloads/read/payload-reader.ts'
import { createAnswers } from '../../src/server/pipeline/execute/create-answers.ts'
import { serialised } from '../../src/server/pipeline/results/ready-result.ts'
import { createSubscribe } from '../../src/server/pipeline/subscribe/subscription.ts'
import { productServer } from '../server/pipeline/normalise/first-event.ts'
import { askGraphQL } from '../server/support/ask.ts'
import { eventually } from '../support/eventually.ts'
import { harness, limits } from './harness.ts'
import { batchOf, storedMessage } from './message/scripted-streams.ts'

setFlagsFromString('--expose_gc')
const collect: () => void = runInNewContext('gc')

const idOf = (...parts: readonly string[]): string => Buffer.from(parts.join(':')).toString('base64url')

interface Colour {
  readonly kind: 'Colour'
  readonly name: string
}

/** A type with ids and what finds it, as a type made at run time would be. */
const colours = (...names: readonly string[]): readonly SchemaPart[] => {
  const known = names.map((name): Colour => ({ kind: 'Colour', name }))
  const Colour = objectRef<Colour>('Colour').implement({
    interfaces: [NodeInterface],
    extensions: { findNode: async ([name]) => known.find(one => one.name === name) ?? null },
    fields: t => ({ id: t.id({ resolve: ({ name }) => idOf('Colour', name) }), name: t.exposeString('name') }),
  })
  const all = queryField('colours', t => t.field({ type: [Colour], resolve: () => known }))
  const ofMessage = objectField(Message, 'colour', t => t.string({ resolve: () => names[0] ?? '' }))
  return [Colour, all, ofMessage]
}

const asThrown = (thrown: unknown) => (thrown instanceof GraphQLError ? thrown : new GraphQLError(String(thrown)))

/** Everything that a schema answers with, over one Kafka in memory and one `subscribe` for all schemas. */
const createWorld = () => {
  const { ports, streams } = harness({ topics: { orders: 1 } })
  const newContext = createContext({ ports, payloads: createPayloadReader(), limits, passes: new PassQueue() })
  const subscribe = createSubscribe({ sharedResultBytes: 1 << 20, maxQueryFields: 1000 })
  const serve = (schema: GraphQLSchema) => {
    const answers = createAnswers({ schema, maxBytes: 1 << 20, toClientError: asThrown })
    const refusals = (document: DocumentNode) => validate(schema, document).map(({ message }) => message)
    const run = async (source: string | DocumentNode, variableValues = {}) => {
      const document = typeof source === 'string' ? parse(source) : source
      expect(refusals(document)).toEqual([])
      const answer = await answers.execute({ document, variableValues, contextValue: newContext() })
      if (answer.data === undefined) return { data: null, errors: answer.errors }
      const { text, pieces } = await answers.write(answer)
      answer.permit.giveBack()
      return JSON.parse(pieces === undefined ? text : Buffer.concat(pieces).toString())
    }
    const listen = async (document: DocumentNode) => {
      expect(refusals(document)).toEqual([])
      const results = await subscribe({ schema, document, contextValue: newContext() })
      if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
      return results
    }
    return { run, listen, refusals }
  }
  return { streams, serve }
}

const seen = (result: ExecutionResult | undefined): unknown => JSON.parse(serialised(result ?? {}))

const message = (offset: bigint) => batchOf('orders', [storedMessage({ offset: toOffset(offset) })])

/** A schema and its object types, not kept in memory. */
const weakly = (schema: GraphQLSchema): readonly WeakRef<object>[] =>
  [schema, ...Object.values(schema.getTypeMap()).filter(type => isObjectType(type) && !isIntrospectionType(type))].map(
    each => new WeakRef(each),
  )

/** The types that a client can come to. */
const reachable = (schema: GraphQLSchema): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (type: GraphQLNamedType | null | undefined): void => {
    if (!type || names.has(type.name)) return
    names.add(type.name)
    if (isInterfaceType(type) || isUnionType(type)) schema.getPossibleTypes(type).forEach(visit)
    if (isObjectType(type) || isInterfaceType(type)) type.getInterfaces().forEach(visit)
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) visit(getNamedType(field.type))
    if (!isObjectType(type) && !isInterfaceType(type)) return
    for (const field of Object.values(type.getFields()))
      for (const each of [field, ...field.args]) visit(getNamedType(each.type))
  }
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) visit(root)
  return names
}

describe('a schema of other content', () => {
  it('is read-only without mutations, and without every type that only they use', () => {
    const schema = buildSchema({ readOnly: true })
    expect(validateSchema(schema)).toEqual([])
    expect(schema.getMutationType()).toBeUndefined()
    const names = reachable(schema)
    const orphans = Object.values(schema.getTypeMap())
      .filter(type => !isIntrospectionType(type) && !specifiedScalarTypes.some(({ name }) => name === type.name))
      .map(({ name }) => name)
      .filter(name => !names.has(name))
    expect(orphans).toEqual(['Bytes', 'JSON', 'Password'].filter(name => orphans.includes(name)))
    const sdl = printSchema(schema)
    for (const name of ['ProduceInput', 'MutationPayload', 'NewTopicInput']) expect(sdl).not.toContain(name)
  })

  it.each(['security', 'transaction', 'produce', 'replica'] as const)('can do without the folder %s', folder => {
    const schema = buildSchema({ without: [folder] })
    expect(validateSchema(schema)).toEqual([])
    expect(printSchema(schema).length).toBeLessThan(printSchema(buildSchema()).length)
  })

  it('leaves the ordinary one as it is, also when one is built while the other is', () => {
    const ordinary = printSchema(buildSchema())
    const inner: GraphQLSchema[] = []
    const buildsAnother: SchemaPart = { addTo: () => void inner.push(buildSchema({ readOnly: true })) }
    const whileFieldsAreMade = queryField('nested', t => {
      inner.push(buildSchema({ without: ['security'], added: colours('inner') }))
      return t.string({ resolve: () => '' })
    })
    const outer = buildSchema({ added: [buildsAnother, whileFieldsAreMade, ...colours('outer')] })
    expect(inner.map(schema => schema.getMutationType() !== undefined)).toEqual([false, true])
    expect(inner.map(schema => schema.getType('Colour') !== undefined)).toEqual([false, true])
    expect(outer.getQueryType()?.getFields().nested).toBeDefined()
    expect(printSchema(buildSchema())).toBe(ordinary)
  })
})

describe('two schemas in one process', () => {
  it('each answer their own queries and mutations, of the same document, too', async () => {
    const { serve } = createWorld()
    const one = serve(buildSchema({ added: colours('red', 'green') }))
    const typename = parse('{ cluster { clusterId topics { nodes { name } } } }')
    const expected = { data: { cluster: { clusterId: 'in-memory', topics: { nodes: [{ name: 'orders' }] } } } }
    expect(await one.run(typename)).toEqual(expected)
    const other = serve(buildSchema({ readOnly: true, without: ['security'], added: colours('blue') }))
    const names = parse('{ colours { name } }')
    for (const _ of [1, 2]) {
      expect(await one.run(names)).toEqual({ data: { colours: [{ name: 'red' }, { name: 'green' }] } })
      expect(await other.run(names)).toEqual({ data: { colours: [{ name: 'blue' }] } })
      expect(await other.run(typename)).toEqual(expected)
    }
    const create = parse('mutation { deleteTopics(topics: ["none"]) { errors { code } } }')
    expect(await one.run(create)).toMatchObject({
      data: { deleteTopics: { errors: [{ code: 'UNKNOWN_TOPIC_OR_PARTITION' }] } },
    })
    expect((await other.run(create)).errors).toMatchObject([{ message: expect.stringContaining('not configured') }])
    expect(other.refusals(parse('{ cluster { acls { totalCount } } }'))).not.toEqual([])
    expect(one.refusals(parse('{ cluster { acls { totalCount } } }'))).toEqual([])
  })

  it('each find the things that have an id, of the types that they have', async () => {
    const { serve } = createWorld()
    const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }'
    const [one, other, plain] = [
      serve(buildSchema({ added: colours('red') })),
      serve(buildSchema({ added: colours('blue') })),
      serve(buildSchema()),
    ]
    const red = idOf('Colour', 'red')
    expect(await one.run(NODE, { id: red })).toEqual({ data: { node: { __typename: 'Colour', id: red } } })
    expect(await other.run(NODE, { id: red })).toEqual({ data: { node: null } })
    const topic = idOf('Topic', 'orders')
    for (const schema of [one, other, plain])
      expect(await schema.run(NODE, { id: topic })).toEqual({ data: { node: { __typename: 'Topic', id: topic } } })
    for (const id of [
      red,
      ...['Query', 'TopicEdge', 'Node', 'Long', '__Schema', 'constructor', ''].map(kind => idOf(kind, 'x')),
    ])
      expect((await plain.run(NODE, { id })).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('each make their own results of an event, though the same text selects them', async () => {
    const { serve, streams } = createWorld()
    const document = parse('subscription { messages(topic: "orders") { offset colour } }')
    const schemas = ['red', 'blue'].map(colour => serve(buildSchema({ added: colours(colour) })))
    const event = message(7n)
    const opened = []
    for (const { listen } of [...schemas, ...schemas]) opened.push(await listen(document))
    const results = []
    for (const each of opened) {
      const next = each.next()
      streams.play(event)
      results.push(seen((await next).value))
    }
    expect(results).toEqual(
      ['red', 'blue', 'red', 'blue'].map(colour => ({ data: { messages: { offset: '7', colour } } })),
    )
    for (const each of opened) await each.return?.()
  })

  it('each serve their own clients, over HTTP, WebSocket and SSE', async () => {
    const one = await productServer({ schema: buildSchema({ added: colours('red') }) })
    const other = await productServer({ schema: buildSchema({ readOnly: true, added: colours('blue') }) })
    await using _one = one.server
    await using _other = other.server
    const both = [
      { ...one, colour: 'red' },
      { ...other, colour: 'blue' },
    ]
    for (const { server, transports, colour } of [...both, ...both]) {
      const { text } = await askGraphQL(server.url, '{ colours { name } }')
      expect(JSON.parse(text)).toEqual({ data: { colours: [{ name: colour }] } })
      for (const firstOf of Object.values(transports))
        expect(await firstOf('subscription { messages(topic: "orders") { offset colour } }')).toEqual({
          data: { messages: { offset: '7', colour } },
        })
    }
    const create = 'mutation { deleteTopics(topics: ["orders"]) { deletedTopicNames } }'
    expect(JSON.parse((await askGraphQL(other.server.url, create)).text).errors).toHaveLength(1)
    expect(JSON.parse((await askGraphQL(one.server.url, create)).text)).toEqual({
      data: { deleteTopics: { deletedTopicNames: ['orders'] } },
    })
  })

  it('come and go while a subscription of the first goes on, which frees it at its end', async () => {
    const { serve, streams } = createWorld()
    // Held here to the end, as a cache of documents would hold them.
    const query = parse('{ colours { name } }')
    const document = parse('subscription { messages(topic: "orders") { offset colour } }')
    const begin = async () => {
      const schema = buildSchema({ added: colours('red') })
      const served = serve(schema)
      expect(await served.run(query)).toEqual({ data: { colours: [{ name: 'red' }] } })
      return { results: await served.listen(document), first: weakly(schema) }
    }
    const live = async () => {
      const { results, first } = await begin()
      const next = async (offset: bigint) => {
        streams.play(message(offset))
        return seen((await results.next()).value)
      }
      const red = (offset: string) => ({ data: { messages: { offset, colour: 'red' } } })
      expect(await next(1n)).toEqual(red('1'))
      for (const colour of ['blue', 'green']) {
        const later = serve(buildSchema({ readOnly: true, added: colours(colour) }))
        expect(await later.run('{ colours { name } }')).toEqual({ data: { colours: [{ name: colour }] } })
        collect()
        expect(await next(2n)).toEqual(red('2'))
      }
      await results.return?.()
      return first
    }
    const first = await live()
    expect(streams.openStreams).toBe(0)
    await eventually(async () => {
      await turn()
      collect()
      expect(first.filter(held => held.deref() !== undefined).length).toBe(0)
    })
    expect([document.kind, query.kind]).toEqual(['Document', 'Document'])
  })
})
