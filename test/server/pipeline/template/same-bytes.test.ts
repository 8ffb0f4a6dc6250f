import fc from 'fast-check'
import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  OverlappingFieldsCanBeMergedRule,
  parse,
  VariablesInAllowedPositionRule,
  validate,
} from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphQLContext } from '../../../../src/graphql/core/context.ts'
import { nodesOf } from '../../../../src/graphql/message/message-nodes.ts'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import type { StoredMessage } from '../../../../src/kafka/message.ts'
import { toOffset } from '../../../../src/kafka/offset.ts'
import type { StreamEvent } from '../../../../src/kafka/ports/message-streams.ts'
import { createEventPlans } from '../../../../src/server/pipeline/subscribe/event-plans.ts'
import { batchOf, storedMessage } from '../../../graphql/message/scripted-streams.ts'
import { createRandom, type Random } from '../../support/random.ts'
import { randomSubscription } from '../../support/random-document.ts'
import { realEvents } from '../../support/real-events.ts'
import { oddPayload, oddText } from './odd-payloads.ts'

/** DOCUMENTS=10000 SEED=7 compares more, or repeats a run. */
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 600)
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000))

const ROOTS = [
  { field: 'messages', given: '(topic: "orders")' },
  { field: 'messageStream', given: '(input: { topics: ["orders"] })' },
] as const

/** Rules that a random document may break. Everything else in it is valid. */
const rules = [OverlappingFieldsCanBeMergedRule, VariablesInAllowedPositionRule]

const payload = fc.option(oddPayload, { freq: 6 })

const message: fc.Arbitrary<StoredMessage> = fc
  .record({
    partition: fc.nat(2_147_483_647),
    offset: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(toOffset),
    timestamp: fc.oneof(fc.integer(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constant(-1)),
    key: payload,
    value: payload,
    headers: fc.array(fc.record({ key: fc.oneof(fc.constant('trace'), oddText), value: payload }), { maxLength: 3 }),
    serializedSize: fc.nat(),
    batch: fc.record({
      leaderEpoch: fc.integer({ min: -1, max: 2_147_483_647 }),
      timestampType: fc.constantFrom('NO_TIMESTAMP_TYPE', 'CREATE_TIME', 'LOG_APPEND_TIME'),
      compressionType: fc.constantFrom('NONE', 'GZIP', 'SNAPPY', 'LZ4', 'ZSTD'),
      isTransactional: fc.boolean(),
      producerId: fc.bigInt({ min: -1n, max: 2n ** 63n - 1n }),
    }),
  })
  .map(storedMessage)

const batch = fc.array(message, { minLength: 1, maxLength: 4 }).map(messages => batchOf('orders', messages))

interface Case {
  readonly document: DocumentNode
  readonly source: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly isSingle: boolean
}

const randomCases = (schema: GraphQLSchema, random: Random): readonly Case[] => {
  for (;;) {
    const root = random.pick(ROOTS)
    const { source, variables } = randomSubscription(schema, random, root)
    const document = parse(source)
    if (validate(schema, document, rules).length > 0) continue
    // A condition that is null is refused when the subscription begins.
    const valid = variables.filter(({ n }) => n !== null)
    return valid.map(each => ({ document, source, variables: each, isSingle: root.field === 'messages' }))
  }
}

describe(`templates of random documents (DOCUMENTS=${DOCUMENTS} SEED=${SEED})`, () => {
  const schema = buildSchema()
  const planOf = createEventPlans(1000)
  let newContext: () => GraphQLContext
  let others: readonly StreamEvent[]
  beforeAll(async () => {
    const real = await realEvents(buildSchema())
    newContext = () => real.newContext()
    others = real.events.filter(({ field }) => field === 'messageStream').map(({ event }) => event as StreamEvent)
  })

  /** The bytes of the template, and the text of the ordinary way; null where there are none. */
  const both = async (source: DocumentNode, variableValues: Case['variables'], event: unknown) => {
    const contexts = [newContext(), newContext()] as const
    const args = (contextValue: object): ExecutionArgs => ({ schema, document: source, variableValues, contextValue })
    const plan = planOf(args(contexts[0]))
    plan.prepare()
    const written = plan.write(event, contexts[0])
    const { data, errors } = await plan.run(event, args(contexts[1]))
    if (written !== null) expect(contexts[0].bytesRendered).toBe(contexts[1].bytesRendered)
    return { written: written?.bytes.toString('latin1') ?? null, errors, data }
  }

  it('write the bytes of the ordinary way', { timeout: 120_000 + DOCUMENTS * 400 }, async () => {
    const random = createRandom(SEED)
    const counted = { written: 0, ordinary: 0 }
    for (let done = 0; done < DOCUMENTS; done++) {
      for (const { document, source, variables, isSingle } of randomCases(schema, random)) {
        const [event] = fc.sample(batch, { numRuns: 1, seed: SEED + done })
        if (event === undefined) throw new Error('no event')
        const events = isSingle ? nodesOf(event) : [event, ...others]
        for (const each of events) {
          const { written, errors, data } = await both(document, variables, each)
          const about = { source, variables }
          counted[written === null ? 'ordinary' : 'written'] += 1
          if (written === null) continue
          expect({ errors, ...about }).toEqual({ errors: undefined, ...about })
          const expected = Buffer.from(JSON.stringify({ data })).toString('latin1')
          expect({ written, ...about }).toEqual({ written: expected, ...about })
        }
      }
    }
    console.info(counted)
    expect(counted.written).toBeGreaterThan(DOCUMENTS / 4)
  })
})
