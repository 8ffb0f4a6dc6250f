import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { isBrowserMissing, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
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

test.skipIf(isBrowserMissing())('the EventSource snippet prints what is produced, in a browser', async () => {
  await using browser = await openBrowser()
  const page = await browser.newPage()
  const printed: unknown[] = []
  page.on('console', async message => {
    for (const argument of message.args()) printed.push(await argument.jsonValue())
  })
  await page.goto(new URL('/livez', app.url).href)
  await page.evaluate(eventSourceSnippet)
  await app.untilStreams(1)
  await app.produce({ topic, messages: [{ value: { string: 'to the browser' } }] })
  await eventually(() =>
    expect(printed).toMatchObject([{ value: { string: 'to the browser' }, offset: expect.any(String) }]),
  )
  await page.close()
  await app.untilStreams(0)
})
