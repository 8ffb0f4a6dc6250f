import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, askGraphQL } from '../server/support/ask.ts'
import { eventually } from '../support/eventually.ts'
import { type RunningProgram, startProgram } from '../support/start-program.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type BuiltProject, buildProject } from './support/built-project.ts'

vi.setConfig({ testTimeout: 180_000 })

let project: BuiltProject

beforeAll(async () => {
  project = await buildProject()
})
afterAll(() => project?.[Symbol.asyncDispose]())

/** Nothing listens on this port. */
const NO_KAFKA = { KAFKA_BROKERS: '127.0.0.1:1' }

/** Runs a command in a shell after lowering its limit of open files, as an operator would. */
const startWith = (ulimit: string, command: string, env: NodeJS.ProcessEnv = {}): RunningProgram =>
  startProgram('sh', ['-c', `ulimit ${ulimit} && exec ${command}`], { cwd: project.path, env })

const isRefused = async (program: RunningProgram, limit: number) => {
  expect(await program.exited).toBe(1)
  expect(program.stderr).toContain(
    `Too few file handles: this process may have ${limit} files and sockets open at once, and needs 512 at least.`,
  )
  expect(program.stderr).toContain('ulimit -n 4096')
  expect(program.stderr).not.toContain('Cannot find package')
}

test.each([256, 100, 64])(
  'a limit of %d file handles is refused with the required number, not reported as a missing package',
  async limit => {
    await isRefused(startWith(`-n ${limit}`, `node ${project.cli}`, NO_KAFKA), limit)
  },
)

test('the same with npm start', async () => {
  const program = startWith('-n 256', 'npm start', NO_KAFKA)
  await isRefused(program, 256)
})

test('Node raises a soft limit by itself', async () => {
  const program = startWith('-S -n 256', `node ${project.cli} --version`)
  expect(await program.exited).toBe(0)
  expect(program.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('the minimum number of handles is enough for the program and its local Kafka', async () => {
  await using dir = await tempDir()
  await using program = startWith('-n 512', `node ${project.cli}`, { LOCAL_KAFKA_DIR: join(dir.path, 'kafka') })
  await program.printed('"msg":"ready"', 120_000)
  expect((await askGraphQL(await program.url(), '{ topics { totalCount } }')).text).toBe(
    '{"data":{"topics":{"totalCount":1}}}',
  )
})

/** Opens connections that send nothing. */
const openIdle = (port: number, count: number): readonly Socket[] =>
  Array.from({ length: count }, () => connect({ host: '127.0.0.1', port }).on('error', () => {}))

test('more clients than handles: further ones are refused with the reason, probes still work, and freed handles are reused', async () => {
  await using program = startWith('-n 512', `node ${project.cli}`, NO_KAFKA)
  const url = await program.url()
  const { port } = new URL(url)
  const idle = openIdle(Number(port), 384)
  try {
    await eventually(async () => {
      const { status, text } = await askGraphQL(url, '{ __typename }')
      expect([status, JSON.parse(text).errors?.[0].extensions.code]).toEqual([503, 'TOO_MANY_CONNECTIONS'])
    })
    expect((await ask(new URL('/livez', url).href)).status).toBe(200)
    expect(program.stdout).toContain('too many connections for the file handles of this process')
    expect(program.stdout).not.toMatch(/EMFILE|unforeseen/)
  } finally {
    for (const socket of idle) socket.destroy()
  }
  await eventually(async () => expect((await askGraphQL(url, '{ __typename }')).status).toBe(200))
})
