import { buildSchema, type ExecutionResult, execute, type GraphQLSchema, isObjectType, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { ReadyResult } from '../../../../src/server/pipeline/results/ready-result.ts'
import { createSubscribe } from '../../../../src/server/pipeline/subscribe/subscription.ts'

const sdl = `
  type Query { nothing: Int }
  type Subscription { ticks(from: Int): Tick }
  scalar Any
  type Tick { unwritable: Any count: Int text(suffix: String = "!"): String broken: Int later: Int nested: [Tick!] }
`

interface Tick {
  readonly count: () => number
  readonly text: (args: { readonly suffix: string }) => string
  readonly broken: () => number
  readonly later: () => Promise<number>
  readonly nested: () => readonly Tick[]
}

/** A tick that counts its executions. */
const tick = (n: number): { readonly ticks: Tick; executions: number } => {
  const event = {
    executions: 0,
    ticks: {
      count: () => {
        event.executions += 1
        return n
      },
      text: ({ suffix }: { readonly suffix: string }) => `tick ${n}${suffix}`,
      broken: () => {
        throw new Error('broken')
      },
      later: async () => {
        event.executions += 1
        return n
      },
      nested: () => [event.ticks],
    },
  }
  return event
}

const resolvers: Readonly<Record<string, { resolve: (tick: Tick, args: { suffix: string }) => unknown }>> = {
  unwritable: { resolve: () => 1n },
  count: { resolve: tick => tick.count() },
  text: { resolve: (tick, args) => tick.text(args) },
  broken: { resolve: tick => tick.broken() },
  later: { resolve: tick => tick.later() },
  nested: { resolve: tick => tick.nested() },
}

const schemaOf = (events: readonly object[]): GraphQLSchema => {
  const schema = buildSchema(sdl)
  const field = schema.getSubscriptionType()?.getFields().ticks
  if (field === undefined) throw new Error('the schema has no such field')
  field.resolve = event => event.ticks
  const ticks = schema.getType('Tick')
  // As in our schema, every field has its own resolver: compiled operations do not call methods of values.
  for (const [name, { resolve }] of Object.entries(resolvers)) {
    if (isObjectType(ticks)) Object.assign(ticks.getFields()[name] ?? {}, { resolve })
  }
  field.subscribe = () => {
    let index = 0
    const iterator = {
      next: async () =>
        index < events.length ? { done: false, value: events[index++] } : { done: true, value: undefined },
      return: async () => ({ done: true, value: undefined }),
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }
  return schema
}

const all = async (stream: AsyncIterable<ExecutionResult> | ExecutionResult): Promise<ExecutionResult[]> => {
  if (!(Symbol.asyncIterator in stream)) return [stream]
  const results: ExecutionResult[] = []
  for await (const result of stream) results.push(result)
  return results
}

const shown = (result: ExecutionResult | undefined) =>
  result instanceof ReadyResult ? JSON.parse(result.text) : JSON.parse(JSON.stringify(result))

const documents = new Map<string, ReturnType<typeof parse>>()
const documentOf = (source: string) => {
  const document = documents.get(source) ?? parse(source)
  documents.set(source, document)
  return document
}

describe('subscribers of the same operation', () => {
  const both = async (source: string, variables: readonly [object, object], maxBytes = 1 << 20) => {
    const event = tick(1)
    const subscribe = createSubscribe({ sharedResultBytes: maxBytes, maxQueryFields: 1000 })
    const schema = schemaOf([event])
    const streams = await Promise.all(
      variables.map(variableValues =>
        subscribe({ schema, document: documentOf(source), variableValues: { ...variableValues } }),
      ),
    )
    const results = []
    for (const stream of streams) results.push(...(await all(stream)))
    return { event, results }
  }

  it('share one execution and one serialisation of an event', async () => {
    const { event, results } = await both('subscription { ticks { count } }', [{}, {}])
    expect(results[0]).toBeInstanceOf(ReadyResult)
    expect(results[1]).toBe(results[0])
    expect(shown(results[0])).toEqual({ data: { ticks: { count: 1 } } })
    expect(event.executions).toBe(1)
  })

  it('share it although they started at different positions', async () => {
    const source = 'subscription ($from: Int) { ticks(from: $from) { count } }'
    const { results } = await both(source, [{ from: 1 }, { from: 2 }])
    expect(results[1]).toBe(results[0])
  })

  it('do not share it when their variables affect the result', async () => {
    const source = 'subscription ($s: String) { ticks { ...T } } fragment T on Tick { count text(suffix: $s) }'
    const { event, results } = await both(source, [{ s: '?' }, { s: '.' }])
    expect(results.map(shown)).toEqual(['?', '.'].map(s => ({ data: { ticks: { count: 1, text: `tick 1${s}` } } })))
    expect(event.executions).toBe(2)
  })

  it('do not share it when a variable is left out', async () => {
    const source = 'subscription ($with: Boolean!) { ticks { count text @include(if: $with) } }'
    const { results } = await both(source, [{ with: true }, { with: false }])
    expect(results.map(shown)).toEqual([
      { data: { ticks: { count: 1, text: 'tick 1!' } } },
      { data: { ticks: { count: 1 } } },
    ])
  })

  it('do not share it when null has another effect than leaving the variable out', async () => {
    const source = 'subscription ($s: String) { ticks { text(suffix: $s) } }'
    const { event, results } = await both(source, [{}, { s: null }])
    const expected = [{}, { s: null }].map(variableValues =>
      execute({ schema: schemaOf([]), document: documentOf(source), rootValue: event, variableValues }),
    )
    expect(results.map(shown)).toEqual((await Promise.all(expected)).map(shown))
    expect(results[1]).not.toBe(results[0])
  })

  it('share neither errors nor results that were promises', async () => {
    const failed = await both('subscription { ticks { count broken } }', [{}, {}])
    expect(failed.event.executions).toBe(2)
    expect(failed.results.map(shown)).toMatchObject([
      { errors: [{ message: 'broken' }] },
      { errors: [{ message: 'broken' }] },
    ])
    const waited = await both('subscription { ticks { later } }', [{}, {}])
    expect(waited.event.executions).toBe(2)
    expect(waited.results.map(shown)).toEqual([{ data: { ticks: { later: 1 } } }, { data: { ticks: { later: 1 } } }])
  })

  it('hold no more than the limit', async () => {
    const { event, results } = await both('subscription { ticks { count } }', [{}, {}], 10)
    expect(results.map(shown)).toEqual([{ data: { ticks: { count: 1 } } }, { data: { ticks: { count: 1 } } }])
    expect(event.executions).toBe(2)
  })
})

describe('a result that cannot be made', () => {
  it('ends the source, which no consumer asks any more', async () => {
    const schema = schemaOf([])
    let returned = 0
    const source: AsyncIterableIterator<unknown> = {
      next: async () => ({ done: false, value: tick(1) }),
      return: async () => ({ done: true, value: returned++ }),
      [Symbol.asyncIterator]: () => source,
    }
    const field = schema.getSubscriptionType()?.getFields().ticks
    if (field) field.subscribe = () => source
    const document = parse('subscription { ticks { unwritable } }')
    await expect(
      createSubscribe({ sharedResultBytes: 1 << 20, maxQueryFields: 1000 })({ schema, document }).then(all),
    ).rejects.toThrow('BigInt')
    expect(returned).toBe(1)
  })
})

describe('a compiled operation', () => {
  it.each([
    'subscription { ticks { count text nested { text(suffix: "?") } } }',
    'subscription { t: ticks { __typename a: count b: count ... on Tick { text } } }',
    'subscription Named($s: String = "x") { ticks { text(suffix: $s) nested { nested { text(suffix: $s) } } } }',
    'subscription { ticks { text nested { broken } } }',
    'subscription ($no: Boolean = false) { ticks { count text @include(if: $no) nested @skip(if: $no) { count } } }',
  ])('answers as the interpreter does: %s', async source => {
    const event = tick(7)
    const schema = schemaOf([event])
    const document = documentOf(source)
    const [result] = await all(
      await createSubscribe({ sharedResultBytes: 0, maxQueryFields: 1000 })({ schema, document }),
    )
    const expected = await execute({ schema, document, rootValue: event })
    expect(shown(result)).toEqual(shown(expected))
  })
})
