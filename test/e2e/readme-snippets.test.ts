import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig, silentLogger, startApp } from '../../src/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { isBrowserMissing, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { freshTopicName } from '../support/kafka.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const snippets = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
)
const topic = freshTopicName('readme')

let app: TestApp
let dir: TempDir
let socketSnippet: string
let eventSourceSnippet: string

const snippetWith = (word: string): string => {
  const found = snippets.find(snippet => snippet.includes(word))
  if (found === undefined) throw new Error(`no snippet of the README uses ${word}`)
  // The README's address and topic, on this test's.
  return found.replaceAll('127.0.0.1:4000', new URL(app.url).host).replaceAll('ishwar-topic', topic)
}

beforeAll(async () => {
  app = await startTestApp({ TOPICS: `${topic}:1:1` })
  dir = await tempDir()
  socketSnippet = snippetWith('graphql-ws')
  eventSourceSnippet = snippetWith('new EventSource')
  await symlink(join(root, 'node_modules'), join(dir.path, 'node_modules'))
  await writeFile(join(dir.path, 'package.json'), '{ "type": "module" }')
  await writeFile(join(dir.path, 'socket.ts'), socketSnippet)
  await writeFile(join(dir.path, 'event-source.ts'), `${eventSourceSnippet}\nexport {}\n`)
  // Browsers have it, as has Node from 22 on.
  await writeFile(
    join(dir.path, 'as-a-browser.mjs'),
    "import { WebSocket } from 'ws'\nglobalThis.WebSocket ??= WebSocket\n",
  )
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await dir[Symbol.asyncDispose]()
})

const node = (args: readonly string[]): ChildProcess & { output: string } => {
  const child = Object.assign(spawn(process.execPath, args, { cwd: dir.path }), { output: '' })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', data => {
      child.output += data
    })
  }
  return child
}

test('every TypeScript snippet compiles, strictly', async () => {
  expect(snippets).toHaveLength(2)
  const strict = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--lib', 'es2023,dom']
  const compiler = node([
    'node_modules/typescript/bin/tsc',
    ...strict,
    '--skipLibCheck',
    'socket.ts',
    'event-source.ts',
  ])
  const [code] = await once(compiler, 'close')
  expect(compiler.output).toBe('')
  expect(code).toBe(0)
})

test('the graphql-ws snippet prints what is produced', async () => {
  await app.produce({ topic, messages: [{ value: { string: 'stored' } }] })
  const program = node(['--import', 'tsx', '--import', './as-a-browser.mjs', 'socket.ts'])
  try {
    await eventually(() => expect(program.output).toBe('0 stored\n'))
    await app.produce({ topic, messages: [{ value: { string: 'live' } }] })
    await eventually(() => expect(program.output).toBe('0 stored\n1 live\n'))
  } finally {
    program.kill()
    await once(program, 'close')
  }
  await app.untilStreams(0)
})

/** What the graphql-ws snippet prints, changed as said; it runs until it ends or is killed. */
const runChanged = async (name: string, from: string, to: string) => {
  await writeFile(join(dir.path, name), socketSnippet.replaceAll(from, to))
  return node(['--import', 'tsx', '--import', './as-a-browser.mjs', name])
}

test('the graphql-ws snippet prints why it is refused, and fails', async () => {
  const program = await runChanged('refused.ts', topic, `no-${topic}`)
  const [code] = await once(program, 'close')
  expect(program.output).toContain('UNKNOWN_TOPIC_OR_PARTITION')
  expect(code).toBe(1)
})

test('the graphql-ws snippet subscribes again after an error that may pass', async () => {
  const settings = { PORT: '0', LOG_LEVEL: 'silent', KAFKA_TIMEOUT_MS: '200', SUBSCRIBE_WAIT_MS: '0' }
  const config = readConfig([], { ...settings, KAFKA_BROKERS: `127.0.0.1:${await freePort()}` })
  await using dark = await startApp(config, { logger: silentLogger })
  const program = await runChanged('again.ts', new URL(app.url).host, new URL(dark.url).host)
  try {
    await eventually(() => expect(program.output.split("code: 'KAFKA_UNAVAILABLE'").length).toBeGreaterThan(2))
  } finally {
    program.kill()
    await once(program, 'close')
  }
})

/** The EventSource snippet in a page; what it prints. */
const inBrowser = async (browser: Browser, snippet: string) => {
  const page = await browser.newPage()
  const printed: unknown[] = []
  page.on('console', async message => {
    for (const argument of message.args()) printed.push(await argument.jsonValue())
  })
  await page.goto(new URL('/livez', app.url).href)
  await page.evaluate(`${snippet}\nglobalThis.events = events`)
  return { page, printed }
}

test.skipIf(isBrowserMissing())('the EventSource snippet prints why it is refused, once, in a browser', async () => {
  await using browser = await openBrowser()
  const { page, printed } = await inBrowser(browser, eventSourceSnippet.replaceAll(topic, `no-${topic}`))
  await eventually(() => expect(JSON.stringify(printed)).toContain('UNKNOWN_TOPIC_OR_PARTITION'))
  expect(await page.evaluate('events.readyState === EventSource.CLOSED')).toBe(true)
  const wrong = await inBrowser(browser, eventSourceSnippet.replaceAll('?query=', '?nothing='))
  await eventually(() => expect(JSON.stringify(wrong.printed)).toContain('refused'))
})

test.skipIf(isBrowserMissing())('the EventSource snippet prints what is produced, in a browser', async () => {
  await using browser = await openBrowser()
  const { page, printed } = await inBrowser(browser, eventSourceSnippet)
  await app.untilStreams(1)
  await app.produce({ topic, messages: [{ value: { string: 'to the browser' } }] })
  await eventually(() =>
    expect(printed).toMatchObject([{ value: { string: 'to the browser' }, offset: expect.any(String) }]),
  )
  await page.close()
  await app.untilStreams(0)
})
