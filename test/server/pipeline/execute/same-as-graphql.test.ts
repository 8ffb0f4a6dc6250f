import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'
import { expect, onTestFinished, test } from 'vitest'
import { Permits } from '../../../../src/async/permits.ts'
import { Turns } from '../../../../src/async/turns.ts'
import { AnswerWriter } from '../../../../src/server/pipeline/execute/answer-writer.ts'
import { createExecute } from '../../../../src/server/pipeline/execute/create-execute.ts'
import { expectSame, seen } from './compare.ts'
import { createOddSchema } from './odd-schema.ts'
import { createRandom, DocumentMaker, type RandomDocument } from './random-documents.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 2000)

/** Advances the clock at every read, so every check finds the turn over. */
const everSoShort = () => {
  let now = 0
  return new Turns(() => {
    now += 9
    return now
  })
}

const createOurs = (schema: GraphQLSchema, turns: Turns) => {
  const parts = {
    limits: { maxBytes: 1 << 28, maxErrors: 100_000, largeBytes: 1 << 28 },
    turns,
    permits: new Permits({ most: 2, mostWaiting: 100, patienceMs: 60_000 }),
  }
  const run = createExecute(schema, parts)
  return async (document: DocumentNode, variableValues: RandomDocument['variables'], contextValue?: unknown) => {
    const answer = await run({ document, variableValues, contextValue })
    if (answer.data === undefined) return { errors: answer.errors }
    const body = await new AnswerWriter(answer, error => JSON.stringify(error), parts).body()
    return JSON.parse(body.text ?? Buffer.concat(body.pieces).toString())
  }
}

/** graphql leaves unhandled rejections behind; ours must not. */
const watchRejections = () => {
  const listeners = process.listeners('unhandledRejection')
  const unheard: unknown[] = []
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', reason => {
    // Ours sets an error's path when it is added to the response, and rejects nothing with it.
    const isPlaced = reason instanceof GraphQLError && reason.path !== undefined
    const isTheirs = reason instanceof Error && reason.stack?.includes('graphql/execution/execute.js')
    if (!isPlaced && !isTheirs) unheard.push(reason)
  })
  onTestFinished(() => {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  })
  return unheard
}

test(`answers random documents as graphql does (SEED=${SEED})`, async () => {
  const schema = createOddSchema()
  const lenient = createOddSchema({ isLenient: true })
  const random = createRandom(SEED)
  const unheard = watchRejections()
  const maker = new DocumentMaker(schema, random)
  const [inOneGo, inSlices] = [createOurs(schema, new Turns()), createOurs(schema, everSoShort())]
  let compared = 0
  for (let made = 0; made < DOCUMENTS; made++) {
    const { source, variables } = maker.make(random(5) === 0 ? 'mutation' : 'query', 25)
    const document = parse(source)
    if (validate(schema, document).length > 0) continue
    compared += 1
    const theirs = seen(await execute({ schema, document, variableValues: variables }))
    const all = seen(await execute({ schema: lenient, document, variableValues: variables }))
    const possible = all.errors.map(error => JSON.stringify(error))
    for (const ours of [inOneGo, inSlices]) {
      const own = seen(await ours(document, variables))
      expectSame(own, theirs, `SEED=${SEED} ${source} ${JSON.stringify(variables)}`, possible)
    }
  }
  expect(unheard).toEqual([])
  expect(compared).toBeGreaterThan(DOCUMENTS / 2)
}, 300_000)
