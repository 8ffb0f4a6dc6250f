import fc from 'fast-check'
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isInterfaceType,
  parse,
  validate,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createExecute } from '../../../src/server/execution/create-execute.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

const thingFields = `
  leaf: Int
  sure: Int!
  leaves: [Int]
  sureLeaves: [Int!]!
  rows: [[String!]]
  color: Color
  obj: Thing
  sureObj: Thing!
  list: [Thing]
  sureList: [Thing!]!
  any: Any
  sureAny: Any!
  anys: [Any!]
  echo(x: Int = 3, in: In, list: [Int!]): String`

const SDL = `
  type Query { ${thingFields} }
  type Mutation { ${thingFields} }
  enum Color { RED GREEN }
  input In { a: Int! = 5, b: [String], c: In }
  interface Any { leaf: Int, sureObj: Thing! }
  type Thing implements Any { ${thingFields} }
  type Other implements Any { leaf: Int, sureObj: Thing!, sure: Int! }`

/** Tells all that a resolver is given. */
const echo: GraphQLFieldResolver<{ readonly kind?: unknown } | undefined, unknown> = (source, args, context, info) =>
  JSON.stringify({ args, context, ...placeOf(info), kind: source?.kind })

const schemaOf = (): GraphQLSchema => {
  const schema = buildSchema(SDL)
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) {
      type.resolveType = value => {
        if (value.kind === 'Late') return Promise.resolve('Other')
        if (value.kind === 'Bad') throw new Error('bad type')
        return value.kind ?? 'Nothing'
      }
    }
    const fields = 'getFields' in type ? type.getFields() : {}
    for (const field of Object.values(fields)) {
      if (field.name !== 'echo' || !('resolve' in field)) continue
      field.resolve = echo
    }
  }
  return schema
}

const placeOf = (info: { path: unknown; fieldName: string; fieldNodes: readonly unknown[]; parentType: unknown }) => ({
  path: info.path,
  name: info.fieldName,
  nodes: info.fieldNodes.length,
  parent: String(info.parentType),
})

const schema = schemaOf()

/** What a field is made of, in every form that a resolver may give: made anew for each execution. */
interface Made {
  readonly way: 'now' | 'soon' | 'later' | 'called' | 'thrown' | 'rejected' | 'an error'
  readonly value: unknown
}

const WAYS = fc.constantFrom<Made['way']>(
  ...(['now', 'now', 'now', 'now', 'now', 'soon', 'soon', 'later', 'called'] as const),
  ...(['thrown', 'rejected', 'an error'] as const),
)

const later = async (ticks: number): Promise<void> => {
  for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
}

/** What nobody asks for is no unhandled rejection. */
const caught = (promise: Promise<unknown>): Promise<unknown> => {
  promise.catch(() => {})
  return promise
}

const make = (spec: unknown): unknown => {
  if (Array.isArray(spec)) return spec.map(make)
  if (typeof spec !== 'object' || spec === null) return spec
  if ('way' in spec && 'value' in spec) return inItsWay(spec.way, () => make(spec.value))
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, make(value)]))
}

const inItsWay = (way: unknown, value: () => unknown): unknown => {
  if (way === 'soon') return Promise.resolve(value())
  if (way === 'later') return caught(later(5).then(value))
  if (way === 'called') return () => value()
  if (way === 'an error') return new Error('an error as value')
  if (way === 'rejected') return caught(later(1).then(() => Promise.reject(new Error('rejected'))))
  if (way !== 'thrown') return value()
  return () => {
    throw new Error('thrown')
  }
}

const made = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.record({
    way: WAYS,
    value: fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }),
  })

const int = fc.oneof({ weight: 9, arbitrary: fc.nat(99) }, { weight: 1, arbitrary: fc.constant('not a number') })
const many = (item: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.array(item, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>('text', 7) },
  )

const { thing } = fc.letrec(tie => {
  const child = made(tie('thing'))
  return {
    thing: fc.record({
      kind: fc.constantFrom('Thing', 'Thing', 'Other', 'Other', 'Late', 'Bad', 'Nothing', 'Query'),
      leaf: made(int),
      sure: made(int),
      leaves: made(many(made(int))),
      sureLeaves: made(many(made(int))),
      rows: made(many(made(many(fc.string({ maxLength: 2 }))))),
      color: made(fc.constantFrom('RED', 'GREEN', 'BLUE')),
      obj: fc.oneof({ maxDepth: 2, depthIdentifier: 'thing' }, fc.constant(null), child),
      sureObj: fc.oneof({ maxDepth: 2, depthIdentifier: 'thing' }, fc.constant({ kind: 'Thing', leaf: 1 }), child),
      list: fc.oneof({ maxDepth: 2, depthIdentifier: 'thing' }, fc.constant([]), made(many(child))),
      sureList: fc.oneof({ maxDepth: 2, depthIdentifier: 'thing' }, fc.constant([]), made(many(child))),
      any: fc.oneof({ maxDepth: 2, depthIdentifier: 'thing' }, fc.constant(null), child),
      sureAny: fc.oneof({ maxDepth: 2, depthIdentifier: 'thing' }, fc.constant({ kind: 'Other', leaf: 2 }), child),
      anys: fc.oneof({ maxDepth: 2, depthIdentifier: 'thing' }, fc.constant([]), made(many(child))),
    }),
  }
})

const LEAVES = [
  'leaf',
  'sure',
  'leaves',
  'sureLeaves',
  'rows',
  'color',
  '__typename',
  'two: leaf',
  'echo',
  'echo2: echo(x: $x, in: { b: ["z", $s] })',
  'echo3: echo(in: $in, list: 4)',
  '... @include(if: true) { leaf }',
]
const ANY_LEAVES = [
  'leaf',
  '__typename',
  'two: leaf',
  '... on Other { sure }',
  '...OfThing',
  '... on Thing { color echo }',
]

const fieldsOf = (leaves: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...leaves), { minLength: 1, maxLength: 4 })

const { selection } = fc.letrec<{ selection: string; inner: string; any: string }>(tie => ({
  selection: fc
    .tuple(fieldsOf(LEAVES), fc.array(tie('inner'), { maxLength: 2 }))
    .map(([one, two]) => `{ ${[...one, ...two].join(' ')} }`),
  inner: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'selection' },
    fc.constantFrom('...OfThing', '... on Any { leaf }', '... { sure }', 'obj { leaf ...OfThing }'),
    fc
      .tuple(fc.constantFrom('obj', 'sureObj', 'list', 'sureList', 'b: obj'), tie('selection'))
      .map(parts => parts.join(' ')),
    fc.tuple(fc.constantFrom('any', 'sureAny', 'anys'), tie('any')).map(parts => parts.join(' ')),
  ),
  any: fc
    .tuple(fieldsOf(ANY_LEAVES), fc.option(tie('selection')))
    .map(([one, two]) => `{ ${one.join(' ')} ${two === null ? '' : `sureObj ${two}`} }`),
}))

const HEAD = '($x: Int, $s: String, $in: In)'
const FRAGMENT = 'fragment OfThing on Thing { sure sureObj { color leaf } ... on Any { two: leaf } }'

const documentOf = (kind: string, text: string): DocumentNode => {
  // At the root there is no Thing.
  const root = text.replace(/^\{([^{]*?)\}$/, '{$1}')
  return parse(`${kind} ${HEAD} { top: obj ${root} list ${root} sureAny { __typename leaf } } ${FRAGMENT}`)
}

const VARIABLES = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  { x: 1, s: 'q' },
  { x: null, in: { a: 1, b: ['k'] } },
)

/** graphql leaves the promises of a list behind, unhandled, when one of its items throws. */
const withoutUnhandled = async (work: () => Promise<void>): Promise<void> => {
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => {})
  try {
    await work()
    await new Promise(resolve => setImmediate(resolve))
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
}

describe('the execution of queries and mutations', () => {
  it('answers what graphql answers: values, their order, errors with places, nulls', async () => {
    let [withErrors, without] = [0, 0]
    const isSame = async (
      kind: string,
      text: string,
      spec: unknown,
      variableValues: Readonly<Record<string, unknown>>,
    ) => {
      const document = documentOf(kind, text)
      expect(
        validate(schema, document)
          .map(({ message }) => message)
          .filter(message => !message.includes('never used')),
      ).toEqual([])
      const run = createExecute(schema)
      const argsOf = () => ({ schema, document, rootValue: make(spec), contextValue: 'context', variableValues })
      const expected = await execute(argsOf())
      for (const time of [1, 2]) {
        const result = await run(argsOf())
        expect(JSON.stringify(result), `time ${time}`).toBe(JSON.stringify(expected))
      }
      if (expected.errors) withErrors++
      else without++
    }
    const property = fc.asyncProperty(fc.constantFrom('query', 'mutation'), selection, thing, VARIABLES, isSame)
    await withoutUnhandled(() => fc.assert(property, { seed: SEED, numRuns: 300 }))
    expect(Math.min(withErrors, without)).toBeGreaterThan(20)
  }, 60_000)
})
