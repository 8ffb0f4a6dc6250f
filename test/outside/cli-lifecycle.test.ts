import { readFileSync } from 'node:fs'
import { appendFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTimeOf } from '../../src/local-kafka/data-folder/process-identity.ts'
import { ask, askGraphQL } from '../server/support/ask.ts'
import { openSocket } from '../server/support/socket-client.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { processesOf } from '../support/processes-of.ts'
import { type RunningProgram, startProgram } from '../support/start-program.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { describeTopic } from '../support/topic-tool.ts'
import { type BuiltProject, buildProject } from './support/built-project.ts'

let project: BuiltProject
let dir: TempDir

beforeAll(async () => {
  dir = await tempDir()
  project = await buildProject()
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await dir?.[Symbol.asyncDispose]()
})

const start = (folder: string, env: NodeJS.ProcessEnv = {}) => {
  const settings = { LOCAL_KAFKA_DIR: join(dir.path, folder), ...env }
  return startProgram(process.execPath, [project.cli], { cwd: project.path, env: settings })
}

/** Process ids of the Java processes on a data folder, as recorded by its owner. */
const javaOf = (folder: string): readonly number[] => {
  const { java } = JSON.parse(readFileSync(join(dir.path, folder, 'lock.json'), 'utf8'))
  return java.map(({ pid }: { pid: number }) => pid)
}

const areGone = (java: readonly number[]) => expect(java.map(startTimeOf)).toEqual(java.map(() => undefined))

const brokersOf = (program: RunningProgram) => {
  const line = program.stdout.split('\n').find(one => one.includes('"msg":"ready"')) ?? '{}'
  return { bootstrapServers: String(JSON.parse(line).brokers) }
}

const ready = async (program: RunningProgram) => {
  await program.printed('"msg":"ready"')
  const url = await program.url()
  const { status, text } = await askGraphQL(url, '{ topics { nodes { name partitionCount } } }')
  expect(status).toBe(200)
  return JSON.parse(text).data.topics.nodes
}

const readyz = async (program: RunningProgram): Promise<readonly [status: number, text: string]> => {
  const { status, text } = await ask(new URL('/readyz', await program.url()).href)
  return [status, text]
}

const metrics = async (program: RunningProgram) => (await ask(new URL('/metrics', await program.url()).href)).text

test('a second program: its own folder works, the same folder is refused with a clear message', async () => {
  await using first = start('a', { TOPICS: 'orders:2:1' })
  expect(await ready(first)).toEqual([{ name: 'orders', partitionCount: 2 }])
  const java = javaOf('a')
  const same = start('a')
  expect(await same.exited).toBe(1)
  expect(same.stderr).toMatch(/^The local Kafka's data folder \S+\/a is in use by process \d+\..*LOCAL_KAFKA_DIR=…/)
  // The second program listened briefly and then exited. The first one continues.
  await expect(fetch(await same.url())).rejects.toThrow()
  await using second = start('b')
  expect(await ready(second)).toEqual([{ name: 'ishwar-topic', partitionCount: 2 }])
  const others = javaOf('b')
  second.child.kill('SIGINT')
  expect(await second.exited).toBe(0)
  areGone(others)
  expect(await ready(first)).toEqual([{ name: 'orders', partitionCount: 2 }])
  using watching = await openSocket((await first.url()).replace('http', 'ws'))
  watching.subscribe('1', 'subscription { messages(topic: "orders") { offset } }')
  await eventually(async () => expect(await metrics(first)).toContain('kafka_graphql_live_feeds 1'))
  first.child.kill('SIGTERM')
  // Its operations stay open: when the socket closes, a standard client resubscribes with its cursor.
  expect((await watching.closed).code).toBe(1001)
  expect(watching.messages.map(({ type }) => type)).toEqual(['connection_ack'])
  expect(await first.exited).toBe(0)
  areGone(java)
  expect(first.stdout).toContain('"msg":"shutting down"')
}, 120_000)

test('topics are ensured at every start; a topic with other partitions is logged and left unchanged; kill -9 leaves no Java', async () => {
  await using killed = start('a', { TOPICS: 'orders:3:1,payments:1:1:retention.ms=60000' })
  expect(await ready(killed)).toEqual([
    { name: 'orders', partitionCount: 2 },
    { name: 'payments', partitionCount: 1 },
  ])
  expect(killed.stdout).toMatch(/"topic":"orders","partitions":2,"wanted":3.*different number of partitions/)
  const described = await describeTopic(brokersOf(killed), 'payments')
  expect(described).toMatchObject({ partitionCount: 1, configs: { 'retention.ms': '60000' } })
  const java = javaOf('a')
  killed.child.kill('SIGKILL')
  expect(await killed.exited).toBe('SIGKILL')
  await using next = start('a', { TOPICS: 'orders:2:1' })
  expect(await ready(next)).toHaveLength(2)
  areGone(java)
  expect(next.stdout).not.toContain('other partitions')
  // Its Kafka is killed: the program continues, reports that, and shuts down in order.
  const [second = 0] = javaOf('a')
  process.kill(second, 'SIGKILL')
  await eventually(async () =>
    expect(await readyz(next)).toEqual([503, expect.stringContaining('exited: it was killed (SIGKILL)')]),
  )
  expect(next.stdout).toContain('node 1 of the local Kafka exited: it was killed (SIGKILL); it restarts in 1 s')
  next.child.kill('SIGTERM')
  expect(await next.exited).toBe(0)
  expect(processesOf(join(dir.path, 'a'))).toEqual([])
}, 120_000)

test('a signal during the start aborts it, and leaves no Java', async () => {
  const program = start('a')
  await program.printed('Starting Kafka')
  await eventually(() => expect(javaOf('a')).toHaveLength(1))
  const java = javaOf('a')
  expect(await readyz(program)).toEqual([503, expect.stringContaining('the local Kafka is being started')])
  const { text } = await askGraphQL(await program.url(), '{ cluster { clusterId } }')
  expect(JSON.parse(text).errors[0]).toMatchObject({ extensions: { code: 'KAFKA_UNAVAILABLE', retriable: true } })
  program.child.kill('SIGTERM')
  expect(await program.exited).toBe(0)
  areGone(java)
  expect(program.stderr).toBe('')
}, 60_000)

const outputs = async () => {
  const files = await readdir(join(project.path, 'dist'), { recursive: true })
  const timeOf = async (file: string) => (await stat(join(project.path, 'dist', file))).mtimeMs
  return Promise.all(files.map(async file => [file, await timeOf(file)] as const))
}

test('npm start on a built tree becomes ready without a build, and SIGTERM to npm reaches the program', async () => {
  const port = String(await freePort())
  const env = { LOCAL_KAFKA_DIR: join(dir.path, 'npm'), PORT: port }
  const built = await outputs()
  await using npm = startProgram('npm', ['start'], { cwd: project.path, env })
  expect(await ready(npm)).toEqual([{ name: 'ishwar-topic', partitionCount: 2 }])
  expect(await outputs()).toEqual(built)
  expect(await npm.url()).toBe(`http://127.0.0.1:${port}/graphql`)
  const java = javaOf('npm')
  npm.child.kill('SIGTERM')
  await npm.exited
  await eventually(() => areGone(java))
  await expect(fetch(await npm.url())).rejects.toThrow()
}, 120_000)

test('npm start builds again once a source has changed', async () => {
  await appendFile(join(project.path, 'src/cli.ts'), "\nconsole.log('a new line')\n")
  await using npm = startProgram('npm', ['start', '--', '--version'], { cwd: project.path })
  expect(await npm.exited).toBe(0)
  expect(npm.stdout).toContain('a new line')
}, 120_000)
