import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTimeOf } from '../../src/local-kafka/data-folder/process-identity.ts'
import { eventually } from '../support/eventually.ts'
import { startCli } from '../support/start-cli.ts'
import type { RunningProgram } from '../support/start-program.ts'
import { tempDir } from '../support/temp-dir.ts'

const LONG_MS = 120_000

/** The address of the registry that the program printed. */
const registryOf = async (program: RunningProgram): Promise<string> => {
  await program.printed('The local schema registry is ready at', LONG_MS)
  return /ready at (http:[^"\s]+)/.exec(program.stdout)?.[1] ?? ''
}

const textAt = async (url: string): Promise<string> =>
  (await fetch(url, { signal: AbortSignal.timeout(20_000) })).text()

const registryJava = (dir: string): number => {
  const { java } = JSON.parse(readFileSync(join(dir, 'registry', 'lock.json'), 'utf8'))
  return java[0].pid
}

test('it starts and ends with the program, however that ends, and is on its port again with its schemas', async () => {
  await using dir = await tempDir()
  const env = { LOCAL_REGISTRY: 'true', LOCAL_KAFKA_DIR: dir.path, LOG_LEVEL: 'info' }
  await using first = startCli([], env)
  const url = await registryOf(first)
  const register = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"schema":"\\"string\\""}',
  }
  const registered = await fetch(`${url}/subjects/a-value/versions`, {
    ...register,
    signal: AbortSignal.timeout(20_000),
  })
  expect(await registered.json()).toEqual({ id: 1 })
  await first.printed('"msg":"ready"', LONG_MS)
  expect(await textAt(new URL('/metrics', await first.url()).href)).toContain('kafka_graphql_schema_registry_up 1')
  const java = registryJava(dir.path)
  first.child.kill('SIGKILL')
  await first.exited
  await eventually(() => expect(startTimeOf(java)).toBeUndefined())

  await using second = startCli([], env)
  expect(await registryOf(second)).toBe(url)
  expect(await textAt(`${url}/schemas/ids/1`)).toContain('string')
  await second.printed('"msg":"ready"', LONG_MS)
  const again = registryJava(dir.path)
  second.child.kill('SIGTERM')
  expect(await second.exited).toBe(0)
  expect(startTimeOf(again)).toBeUndefined()
})

test('the program is ready although the registry cannot start, and says why', async () => {
  await using dir = await tempDir()
  // A file where the registry's folder would be.
  await writeFile(join(dir.path, 'registry'), '')
  await using program = startCli([], { LOCAL_REGISTRY: 'true', LOCAL_KAFKA_DIR: dir.path, LOG_LEVEL: 'info' })
  await program.printed('the local schema registry could not be started', LONG_MS)
  await program.printed('"msg":"ready"', LONG_MS)
  expect(await textAt(new URL('/readyz', await program.url()).href)).toContain('ready')
  expect(await textAt(new URL('/metrics', await program.url()).href)).toContain('kafka_graphql_schema_registry_up 0')
})
