import { type DocumentNode, execute, type GraphQLFormattedError, type GraphQLSchema, parse, validate } from 'graphql'
import { expect, onTestFinished, test } from 'vitest'
import { AnswerWriter } from '../../../src/server/execute/answer-writer.ts'
import { createExecute } from '../../../src/server/execute/create-execute.ts'
import { Permits } from '../../../src/server/execute/permits.ts'
import { Turns } from '../../../src/server/execute/turns.ts'
import { createOddSchema } from './odd-schema.ts'
import { createRandom, DocumentMaker, type RandomDocument } from './random-documents.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 2000)

/** Looks at its own clock: a turn is over at every look. */
const everSoShort = () => {
  let now = 0
  return new Turns(() => {
    now += 9
    return now
  })
}

interface Seen {
  readonly data: unknown
  readonly errors: readonly GraphQLFormattedError[]
}

const seen = (result: unknown): Seen => {
  const { data = null, errors = [] } = JSON.parse(JSON.stringify(result))
  return { data, errors }
}

/** Where null stands in the data on the way to an error's place. */
const nullAbove = (data: unknown, path: readonly (string | number)[] = []): string => {
  let at = data
  for (const [index, key] of path.entries()) {
    if (at === null || at === undefined) return JSON.stringify(path.slice(0, index))
    at = Object(at)[key]
  }
  return JSON.stringify(path)
}

/**
 * Errors by the null that they stand for. Where several stand for one, only the first to come counts, and which that is depends on
 * the order in which promises settle: of those, each has to be one that may come.
 */
const byNull = ({ data, errors }: Seen): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>()
  for (const error of errors) {
    const place = nullAbove(data, error.path)
    groups.set(place, [...(groups.get(place) ?? []), JSON.stringify(error)].sort())
  }
  return groups
}

const expectSame = (own: Seen, theirs: Seen, possible: readonly string[], hint: string): void => {
  expect(own.data, hint).toEqual(theirs.data)
  const [ownErrors, theirErrors] = [byNull(own), byNull(theirs)]
  expect([...ownErrors.keys()].sort(), hint).toEqual([...theirErrors.keys()].sort())
  for (const [place, errors] of ownErrors) {
    const expected = theirErrors.get(place) ?? []
    for (const error of errors)
      if (!expected.includes(error) && !error.includes('Cannot return null'))
        expect(possible, `${hint} ${place}`).toContain(error)
  }
}

const createOurs = (schema: GraphQLSchema, turns: Turns) => {
  const parts = {
    limits: { maxBytes: 1 << 28, maxErrors: 100_000, largeBytes: 1 << 28 },
    turns,
    permits: new Permits(2, 100),
  }
  const run = createExecute(schema, parts)
  return async (document: DocumentNode, variableValues: RandomDocument['variables'], contextValue?: unknown) => {
    const answer = await run({ document, variableValues, contextValue })
    if (answer.data === undefined) return { errors: answer.errors }
    const body = await new AnswerWriter(answer, error => JSON.stringify(error), parts).body()
    return JSON.parse(body.text ?? Buffer.concat(body.pieces).toString())
  }
}

/** graphql leaves promises behind that reject unheard; ours must not. */
const watchRejections = () => {
  const listeners = process.listeners('unhandledRejection')
  const unheard: unknown[] = []
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', reason => {
    const isTheirs = reason instanceof Error && reason.stack?.includes('graphql/execution/execute.js')
    if (!isTheirs) unheard.push(reason)
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
      expectSame(own, theirs, possible, `SEED=${SEED} ${source} ${JSON.stringify(variables)}`)
    }
  }
  expect(unheard).toEqual([])
  expect(compared).toBeGreaterThan(DOCUMENTS / 2)
})
