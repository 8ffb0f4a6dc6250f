import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, readConfig, silentLogger, startApp } from '../../src/index.ts'
import { eventually } from '../support/eventually.ts'
import { graphqlSse, graphqlWs } from '../support/subscribe.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const text = readFileSync(new URL('../../docs/payloads-guide.md', import.meta.url), 'utf8')

/** An operation of the page, with the result that the page shows right after it. */
interface Step {
  readonly name: string
  readonly document: string
  readonly shown: unknown
}

const steps: readonly Step[] = [...text.matchAll(/```graphql\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g)].map(
  ([, document = '', shown]) => {
    const [operation] = parse(document).definitions
    const name = (operation?.kind === 'OperationDefinition' && operation.name?.value) || document
    return { name, document, shown: shown === undefined ? undefined : JSON.parse(shown) }
  },
)

let app: App
let dir: TempDir

// As the command of the page starts it: a Kafka and a registry of its own.
beforeAll(async () => {
  dir = await tempDir()
  const settings = { PORT: '0', LOG_LEVEL: 'silent', LOCAL_REGISTRY: 'true', LOCAL_KAFKA_DIR: dir.path }
  app = await startApp(readConfig([], settings), { logger: silentLogger })
  await app.ready
  const registry = '{ cluster { schemaRegistry { mode } } }'
  await eventually(async () => expect(await ask(registry)).not.toHaveProperty('errors'), { within: 120_000 })
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await dir?.[Symbol.asyncDispose]()
})

const ask = async (document: string): Promise<unknown> => {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document }),
    signal: AbortSignal.timeout(60_000),
  })
  return response.json()
}

describe('the operations of docs/payloads-guide.md, from top to bottom', () => {
  test.each(steps)('$name', async ({ document, shown }) => {
    if (!document.startsWith('subscription')) {
      const { data, errors }: { data?: unknown; errors?: unknown } = Object(await ask(document))
      expect(errors).toBeUndefined()
      if (shown !== undefined) expect(data).toEqual(shown)
      return
    }
    for (const open of [graphqlWs, graphqlSse]) {
      await using client = open({ url: app.url, socketUrl: app.url.replace('http', 'ws') })
      using reader = client.subscribe<unknown>(document)
      expect(await reader.next()).toEqual(shown)
    }
  })

  test('are all there are', () => {
    expect(steps.length).toBeGreaterThanOrEqual(12)
    expect(steps.filter(({ shown }) => shown === undefined).map(({ name }) => name)).toEqual(['Check'])
  })
})
