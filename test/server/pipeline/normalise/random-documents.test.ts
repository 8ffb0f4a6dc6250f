import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  OverlappingFieldsCanBeMergedRule,
  parse,
  VariablesInAllowedPositionRule,
  validate,
} from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { serialised } from '../../../../src/server/pipeline/results/ready-result.ts'
import { createSubscribe } from '../../../../src/server/pipeline/subscribe/subscription.ts'
import { withOneEvent } from '../../support/one-event.ts'
import { createRandom, type Random } from '../../support/random.ts'
import { type RandomSubscription, randomSubscription } from '../../support/random-document.ts'
import { type RealEvent, type RealEvents, realEvents } from '../../support/real-events.ts'

/** DOCUMENTS=10000 SEED=7 compares more, or repeats a run. */
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 3000)
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000))
/** Documents whose subscriptions are open at the same time, so that equal selections share their results. */
const AT_ONCE = 10

const GIVEN: Readonly<Record<string, string>> = {
  messages: '(topic: $t)',
  messageStream: '(input: { topics: [$t] })',
}

/** Rules that a random document may break. Everything else in it is valid. */
const rules = [OverlappingFieldsCanBeMergedRule, VariablesInAllowedPositionRule]

interface Case {
  readonly document: DocumentNode
  readonly source: string
  readonly event: RealEvent
  readonly variables: Readonly<Record<string, unknown>>
}

const randomCases = (schema: GraphQLSchema, random: Random, events: readonly RealEvent[]): readonly Case[] => {
  for (;;) {
    const event = random.pick(events)
    const root = { field: event.field, given: GIVEN[event.field] ?? '' }
    const { source, variables }: RandomSubscription = randomSubscription(schema, random, root)
    const document = parse(source)
    if (validate(schema, document, rules).length === 0)
      return variables.map(each => ({ document, source, event, variables: each }))
  }
}

/** True when the place of an error exists in the response, even as null. */
const isVisible = (data: unknown, path: readonly (string | number)[] = []): boolean => {
  let value = data
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false
    value = Reflect.get(value, key)
  }
  return true
}

/** The data, and the errors in a fixed order: graphql-jit reports those of non-null fields after the others. */
const visible = ({ data = null, errors = [] }: ExecutionResult) => ({
  data: JSON.stringify(data),
  errors: errors
    .filter(({ path }) => isVisible(data, path))
    .map(error => JSON.stringify(error))
    .sort(),
})

/**
 * Errors inside a part of the response that is null as a whole. One of them is the reason; graphql may report another
 * one.
 */
const hidden = ({ data = null, errors = [] }: ExecutionResult): readonly string[] =>
  errors.filter(({ path }) => !isVisible(data, path)).map(error => JSON.stringify(error))

describe(`subscriptions to random documents (DOCUMENTS=${DOCUMENTS} SEED=${SEED})`, () => {
  const schema = buildSchema()
  const current = withOneEvent(schema)
  const subscribe = createSubscribe({ sharedResultBytes: 1 << 26, maxQueryFields: 1000 })
  const counted = { answers: 0, refused: 0, withErrors: 0 }
  let real: RealEvents
  beforeAll(async () => {
    real = await realEvents(buildSchema())
  })

  const open = async (one: Case) => {
    current.event = one.event.event
    const { document, variables: variableValues } = one
    try {
      const results = await subscribe({ schema, document, variableValues, contextValue: real.newContext() })
      if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
      return { ...one, results }
    } catch (thrown) {
      expect(String(thrown)).toMatch(/Variable "\$n" is null/)
      expect(variableValues).toMatchObject({ n: null })
      counted.refused += 1
      return null
    }
  }

  const compare = async ({ source, event, variables, results }: NonNullable<Awaited<ReturnType<typeof open>>>) => {
    const { value: got } = await results.next()
    const expected = await execute({
      schema,
      document: parse(source),
      rootValue: event.event,
      variableValues: variables,
      contextValue: real.newContext(),
    })
    counted.answers += 1
    if (expected.errors) counted.withErrors += 1
    const ours: ExecutionResult = JSON.parse(serialised(got))
    const theirs: ExecutionResult = JSON.parse(JSON.stringify(expected))
    const about = { variables, source }
    expect({ ...visible(ours), ...about }).toEqual({ ...visible(theirs), ...about })
    expect({ reasons: hidden(theirs), ...about }).toMatchObject({ reasons: expect.arrayContaining([...hidden(ours)]) })
    expect({ isNull: hidden(ours).length > 0, ...about }).toEqual({ isNull: hidden(theirs).length > 0, ...about })
    await results.return?.()
  }

  it('give the results of graphql’s own execution', { timeout: 120_000 + DOCUMENTS * 400 }, async () => {
    const random = createRandom(SEED)
    for (let done = 0; done < DOCUMENTS; done += AT_ONCE) {
      const cases = Array.from({ length: AT_ONCE }, () => randomCases(schema, random, real.events)).flat()
      const opened = []
      for (const one of cases) opened.push(await open(one))
      for (const one of opened) if (one !== null) await compare(one)
    }
    expect(counted.answers).toBeGreaterThan(DOCUMENTS)
    console.info(counted)
  })
})
