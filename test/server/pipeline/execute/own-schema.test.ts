import { execute, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { PassQueue } from '../../../../src/async/pass-queue.ts'
import { Permits } from '../../../../src/async/permits.ts'
import { Turns } from '../../../../src/async/turns.ts'
import { createContext } from '../../../../src/graphql/core/context.ts'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { createPayloadReader } from '../../../../src/payloads/read/payload-reader.ts'
import { plainData } from '../../../../src/server/pipeline/execute/answer/answer.ts'
import { createExecute } from '../../../../src/server/pipeline/execute/create-execute.ts'
import { harness, limits } from '../../../graphql/harness.ts'
import { expectSame, seen } from './compare.ts'
import { createRandom, DocumentMaker } from './random-documents.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 300)
const TOPICS = ['t0', 't1', 't2']
  .map((name, index) => `{ name: "${name}", numPartitions: ${index + 1}, replicationFactor: 1 }`)
  .join(', ')

test(`answers random documents of the product's own schema as graphql does (SEED=${SEED})`, async () => {
  const schema = buildSchema()
  const world = harness()
  await world.run(`mutation { createTopics(topics: [${TOPICS}]) { errors { code } } }`)
  const newContext = createContext({
    ports: world.ports,
    payloads: createPayloadReader(),
    limits: { ...limits, answer: { maxValues: 1e9, maxBytes: 1e9 } },
    passes: new PassQueue(),
  })
  const parts = {
    limits: { maxBytes: 1 << 28, maxErrors: 1e6, largeBytes: 1 << 28 },
    turns: new Turns(),
    permits: new Permits({ most: 2, mostWaiting: 9, patienceMs: 60_000 }),
  }
  const ours = createExecute(schema, parts)
  const random = createRandom(SEED)
  const maker = new DocumentMaker(schema, random)
  let compared = 0
  for (let made = 0; made < DOCUMENTS; made++) {
    const { source, variables: variableValues } = maker.make('query', 30)
    const document = parse(source)
    if (validate(schema, document).length > 0) continue
    compared += 1
    const { data, errors } = await ours({ document, variableValues, contextValue: newContext() })
    const theirs = await execute({ schema, document, variableValues, contextValue: newContext() })
    const hint = `SEED=${SEED} ${source} ${JSON.stringify(variableValues)}`
    expectSame(seen({ data: data ? plainData(data) : null, errors }), seen(theirs), hint)
  }
  expect(compared).toBeGreaterThan(DOCUMENTS / 4)
}, 300_000)
