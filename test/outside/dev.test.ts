import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, askGraphQL } from '../server/support/ask.ts'
import { openSocket } from '../server/support/socket-client.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { processesOf } from '../support/processes-of.ts'
import { type RunningProgram, startProgram } from '../support/start-program.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { copyProject } from './support/built-project.ts'

let project: TempDir
let dir: TempDir

beforeAll(async () => {
  ;[project, dir] = await Promise.all([copyProject(), tempDir()])
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await dir?.[Symbol.asyncDispose]()
})

const times = (program: RunningProgram, text: string) => program.stdout.split(text).length - 1

const untilReady = (program: RunningProgram, count: number) =>
  eventually(() => expect(times(program, '"msg":"ready"'), program.stdout + program.stderr).toBe(count), {
    within: 120_000,
  })

const change = async (file: string, from: string, to: string) => {
  const path = join(project.path, file)
  await writeFile(path, (await readFile(path, 'utf8')).replace(from, to))
}

const java = () => processesOf(dir.path).filter(command => command.includes('java'))

const offsetOf = async (url: string) => {
  const query = '{ topic(name: "ishwar-topic") { partitionCount partitions { latestOffset } } }'
  return JSON.parse((await askGraphQL(url, query)).text).data.topic
}

const PRODUCE = `mutation {
  produce(input: { topic: "ishwar-topic", messages: [{ partition: 0, value: { string: "a" } }] }) { errors { code } }
}`

test('npm run dev starts the server again on a change and keeps the local Kafka; Ctrl-C stops both', async () => {
  const port = String(await freePort())
  const env = { LOCAL_KAFKA_DIR: dir.path, PORT: port }
  const dev = startProgram('npm', ['run', 'dev'], { cwd: project.path, env })
  await using _ = dev
  await untilReady(dev, 1)
  const url = `http://127.0.0.1:${port}/graphql`
  await askGraphQL(url, PRODUCE)
  const before = await offsetOf(url)
  expect(before).toMatchObject({ partitionCount: 2, partitions: [{ latestOffset: '1' }, { latestOffset: '0' }] })
  const kafka = java()
  expect(kafka).toHaveLength(1)

  // A client sees the old server leave in order.
  using watching = await openSocket(url.replace('http', 'ws'))
  watching.subscribe('1', 'subscription { messages(topic: "ishwar-topic") { offset } }')
  await change('src/server/probes/probes.ts', "'/livez'", "'/alive'")
  expect((await watching.closed).code).toBe(1001)
  await untilReady(dev, 2)
  expect((await ask(new URL('/alive', url).href)).status).toBe(200)
  expect(await offsetOf(url)).toEqual(before)

  // A syntax error ends the server and not dev.
  await change('src/server/probes/probes.ts', 'export const', 'export konst')
  await eventually(() => expect(dev.stderr).toMatch(/probes\.ts/))
  await change('src/server/probes/probes.ts', 'export konst', 'export const')
  await untilReady(dev, 3)
  expect(await offsetOf(url)).toEqual(before)
  expect(java()).toEqual(kafka)
  expect(times(dev, 'Starting Kafka')).toBe(1)

  dev.child.kill('SIGINT')
  await dev.exited
  await eventually(() => expect(processesOf(dir.path)).toEqual([]))
  await expect(fetch(url)).rejects.toThrow()
  expect(times(dev, '"msg":"shutting down"')).toBe(3)
}, 300_000)

test('npm run dev with settings that cannot be used ends with their problems', async () => {
  const dev = startProgram('npm', ['run', 'dev', '--', '--port', 'many'], { cwd: project.path })
  expect(await dev.exited).toBe(1)
  expect(dev.stderr).toContain('--port: "many" is not a whole number')
})

test('npm run dev that is stopped while Kafka starts leaves nothing, and prints no failure', async () => {
  await using folder = await tempDir()
  const env = { LOCAL_KAFKA_DIR: folder.path }
  const dev = startProgram('npm', ['run', 'dev'], { cwd: project.path, env })
  await dev.printed('Starting Kafka')
  dev.child.kill('SIGTERM')
  await dev.exited
  expect(dev.stderr).not.toContain('Error')
  await eventually(() => expect(processesOf(folder.path)).toEqual([]))
})
