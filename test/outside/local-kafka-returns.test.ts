import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, askGraphQL } from '../server/support/ask.ts'
import { openSocket } from '../server/support/socket-client.ts'
import { eventually } from '../support/eventually.ts'
import { processesOf } from '../support/processes-of.ts'
import { smallDisk } from '../support/small-disk.ts'
import { type RunningProgram, startProgram } from '../support/start-program.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { type BuiltProject, buildProject } from './support/built-project.ts'

// Java starts several times per test.
vi.setConfig({ testTimeout: 300_000 })

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

const start = (folder: string): RunningProgram =>
  startProgram(process.execPath, [project.cli], {
    cwd: project.path,
    env: { LOCAL_KAFKA_DIR: folder, KAFKA_TIMEOUT_MS: '3000', PRODUCE_TIMEOUT_MS: '3000' },
  })

const javaOf = (folder: string): number => {
  const { java } = JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8'))
  return java[0].pid
}

const readyz = async (program: RunningProgram) => {
  const { status, text } = await ask(new URL('/readyz', await program.url()).href)
  return { status, text }
}

const isReady = (program: RunningProgram) =>
  eventually(async () => expect(await readyz(program)).toMatchObject({ status: 200 }), { within: 120_000 })
const isAway = (program: RunningProgram, reason: string) =>
  eventually(
    async () => expect(await readyz(program)).toEqual({ status: 503, text: expect.stringContaining(reason) }),
    { within: 60_000 },
  )

const produce = async (program: RunningProgram, value: string) => {
  const query = `mutation ($v: String!) { produce(input: { topic: "ishwar-topic", messages: [{ partition: 0, value: { string: $v } }] }) { errors { code message } } }`
  return JSON.parse((await askGraphQL(await program.url(), query, {}, { v: value })).text)
}

/** A subscription over WebSocket, and the values that it received. */
const watch = async (program: RunningProgram) => {
  const socket = await openSocket((await program.url()).replace('http', 'ws'))
  socket.subscribe(
    '1',
    'subscription { messages(topic: "ishwar-topic", from: { earliest: true }) { value { string } } }',
  )
  const values = () =>
    socket.messages
      .filter(({ type }) => type === 'next')
      .map(message => JSON.parse(JSON.stringify(message)).payload.data.messages.value.string.slice(0, 20))
  return {
    values,
    ended: () => socket.messages.filter(({ type }) => type === 'error' || type === 'complete'),
    [Symbol.dispose]: () => socket[Symbol.dispose](),
  }
}

test('Java killed: the reason is reported and logged, and a subscription continues by itself', async () => {
  const folder = join(dir.path, 'killed')
  await using program = start(folder)
  await isReady(program)
  using watching = await watch(program)
  expect((await produce(program, 'before')).data.produce.errors).toEqual([])
  await eventually(() => expect(watching.values()).toEqual(['before']))
  process.kill(javaOf(folder), 'SIGKILL')
  await isAway(program, 'Kafka does not answer: node 1 of the local Kafka exited: it was killed (SIGKILL)')
  await isReady(program)
  expect((await produce(program, 'after')).data.produce.errors).toEqual([])
  await eventually(() => expect(watching.values()).toEqual(['before', 'after']), { within: 60_000 })
  expect(watching.ended()).toEqual([])
  const lines = program.stdout.match(/"msg":"node 1 [^"]*"/g)
  expect(lines).toEqual([
    '"msg":"node 1 of the local Kafka exited: it was killed (SIGKILL); it restarts in 1 s"',
    '"msg":"node 1 of the local Kafka runs again"',
  ])
})

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)('%s while Kafka is down leaves no Java', async signal => {
  const folder = join(dir.path, signal)
  const program = start(folder)
  await isReady(program)
  process.kill(javaOf(folder), 'SIGKILL')
  await eventually(() => expect(program.stdout).toContain('it restarts in'))
  program.child.kill(signal)
  expect(await program.exited).toBe(signal === 'SIGKILL' ? signal : 0)
  await eventually(() => expect(processesOf(folder)).toEqual([]), { within: 10_000 })
})

test('killed during a restart of Java: no Java stays, and the next start takes over the folder', async () => {
  const folder = join(dir.path, 'both')
  const program = start(folder)
  await isReady(program)
  const first = javaOf(folder)
  process.kill(first, 'SIGKILL')
  await eventually(() => expect(javaOf(folder)).not.toBe(first))
  program.child.kill('SIGKILL')
  await program.exited
  await eventually(() => expect(processesOf(folder)).toEqual([]), { within: 10_000 })
  await using next = start(folder)
  await isReady(next)
})

test('full disk: one log line, the same reason in /readyz and in responses, and recovery once there is space', async ({
  skip,
}) => {
  await using disk = await smallDisk()
  if (disk === null) return skip('not run: no file system can be mounted here')
  await using program = start(join(disk.path, 'kafka'))
  await isReady(program)
  using watching = await watch(program)
  expect((await produce(program, 'before')).data.produce.errors).toEqual([])
  disk.fill()
  await produce(program, 'x'.repeat(20_000))
  const reason = `no space is left on the disk of Kafka's data folder ${join(disk.path, 'kafka/nodes-1/node-1/data')}`
  await isAway(program, reason)
  expect(program.stdout).toMatch(/"msg":"node 1 of the local Kafka exited: no space is left on the disk of Kafka's/)
  await eventually(async () => {
    const { text } = await askGraphQL(await program.url(), '{ cluster { clusterId } }')
    const [error] = JSON.parse(text).errors
    expect([error.extensions.code, error.message]).toEqual(['KAFKA_UNAVAILABLE', expect.stringContaining(reason)])
  })
  await disk.clear()
  await isReady(program)
  expect((await produce(program, 'after')).data.produce.errors).toEqual([])
  await eventually(() => expect(watching.values().at(-1)).toBe('after'), { within: 60_000 })
  expect(watching.ended()).toEqual([])
})
