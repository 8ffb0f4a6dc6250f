import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startProgram } from '../support/start-program.ts'
import { tempDir } from '../support/temp-dir.ts'
import { type BuiltProject, buildProject } from './support/built-project.ts'

let project: BuiltProject

beforeAll(async () => {
  project = await buildProject()
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
})

const start = (flags: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  startProgram(process.execPath, [project.cli, ...flags], { cwd: project.path, env })

/** The complete output of a start that fails: one message, no stack trace, no listening. */
const refusal = async (flags: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> => {
  const program = start(flags, env)
  expect(await program.exited).toBe(1)
  expect(program.stderr).not.toMatch(/^ {4}at /m)
  return program.stderr
}

describe('settings that cannot be used', () => {
  test('one is reported by name, with the problem and the right form', async () => {
    const told = await refusal(['--prot', '1'])
    expect(told.split('\n')).toEqual([
      'One setting cannot be used:',
      expect.stringMatching(/^ {2}--prot: is not a setting of this program/),
      'All settings: --help',
      '',
    ])
    const replicas = await refusal([], { TOPICS: 'a:1:3' })
    expect(replicas).toContain('  TOPICS: replication factor 3 of a is above the 1 local node (LOCAL_KAFKA_NODES)\n')
  })

  test('all are in one message, one line each, with each item of a list', async () => {
    const env = {
      KAFKA_BROKERS: 'localhost, http://a:1, ::1:9092, b:x',
      TOPICS: 'a, b:x:1, c/d:1:1, e:1:1:retention, f:0:1',
      ALLOWED_ORIGINS: '*, http://a.example/',
      PORT: '70000',
      LOG_LEVEL: 'loud',
    }
    const lines = (await refusal(['serve', '--nonsense', '1', '--max-sockets=0'], env)).trim().split('\n')
    expect(lines.at(0)).toBe('8 settings cannot be used:')
    expect(lines.at(-1)).toBe('All settings: --help')
    const expected = {
      serve: ['is not a setting: write --name value or --name=value'],
      '--nonsense': ['is not a setting of this program'],
      '--max-sockets': ['"0" is not a whole number from 1 to 1000000'],
      PORT: ['"70000" is not a whole number from 0 to 65535'],
      LOG_LEVEL: ['"loud" is not one of debug, info, warn, error, silent'],
      KAFKA_BROKERS: ['"localhost" is not', '"http://a:1" is not', '"::1:9092" is not host:port (IPv6', '"b:x" is not'],
      TOPICS: ['of "a" is missing', 'cannot be "x"', '"c/d" is illegal', 'config "retention" of', 'cannot be "0"'],
      ALLOWED_ORIGINS: ['"*" is not an exact origin', 'write http://a.example'],
    }
    for (const [name, problems] of Object.entries(expected)) {
      const told = lines.filter(line => line.startsWith(`  ${name}: `))
      expect(told).toHaveLength(1)
      for (const problem of problems) expect(told[0]).toContain(problem)
    }
  })

  test('a taken port is one line, and Kafka is not started', async () => {
    await using dir = await tempDir()
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : 0
    try {
      const told = await refusal(['--port', String(port), '--local-kafka-dir', dir.path])
      expect(told).toMatch(new RegExp(`^127\\.0\\.0\\.1:${port} is taken.*\\n$`))
      expect(await readdir(dir.path)).toEqual([])
    } finally {
      other.close()
    }
  })
})

describe('without the requirements of the local Kafka', () => {
  test('no Java on PATH: lists the three options and exits', async () => {
    await using dir = await tempDir()
    const told = await refusal(['--local-kafka-dir', join(dir.path, 'data')], {
      PATH: '/nowhere',
      JAVA_HOME: undefined,
    })
    expect(told).toContain('The local Kafka needs Java, but there is none on PATH.')
    for (const way of [
      'install them',
      'KAFKA_BROKERS=host:9092',
      'docker compose -f devops/docker-compose-local.yml up',
    ])
      expect(told).toContain(way)
    expect(await readdir(dir.path)).toEqual([])
  })

  test('a KAFKA_HOME without Kafka, and a data folder below a file', async () => {
    await using dir = await tempDir()
    expect(await refusal([], { KAFKA_HOME: dir.path })).toContain(dir.path)
    const below = join(project.cli, 'data')
    expect(await refusal(['--local-kafka-dir', below])).toContain(below)
  })
})

test('--help lists every setting, --version the version; neither starts anything', async () => {
  const [help, version] = [start(['--help']), start(['--version'])]
  expect(await help.exited).toBe(0)
  for (const flag of ['--port', '--kafka-brokers', '--topics', '--allowed-origins', '--local-kafka-dir'])
    expect(help.stdout).toContain(`  ${flag}  `)
  expect(await version.exited).toBe(0)
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})
