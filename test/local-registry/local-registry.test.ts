import { execFile } from 'node:child_process'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { commandLineOf, startTimeOf } from '../../src/local-kafka/data-folder/process-identity.ts'
import { startLocalRegistry } from '../../src/local-registry/start-local-registry.ts'
import { eventually } from '../support/eventually.ts'
import { ownRegistry } from '../support/local-registry.ts'
import { tempDir } from '../support/temp-dir.ts'

const register = async (url: string, subject: string, schema: string): Promise<unknown> => {
  const answer = await fetch(`${url}/subjects/${subject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schema }),
    signal: AbortSignal.timeout(20_000),
  })
  return answer.json()
}

const schemaAt = async (url: string, id: number): Promise<unknown> => {
  const answer = await fetch(`${url}/schemas/ids/${id}`, { signal: AbortSignal.timeout(20_000) })
  return answer.json()
}

test('it listens on loopback only, and keeps its port and ids between starts', async () => {
  await using dir = await tempDir()
  const options = { dir: dir.path, env: process.env }
  const first = await startLocalRegistry(options)
  expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:2\d{4}|3\d{4}\/apis\/ccompat\/v7$/)
  expect(await register(first.url, 'a', '"string"')).toEqual({ id: 1 })
  expect(await register(first.url, 'b', '"long"')).toEqual({ id: 2 })
  const { pid = 0 } = first
  expect(commandLineOf(pid)).toContain(dir.path)
  await first.close()
  expect(startTimeOf(pid)).toBeUndefined()
  await using second = await startLocalRegistry(options)
  expect(second.url).toBe(first.url)
  expect(await schemaAt(second.url, 2)).toMatchObject({ schema: '"long"' })
  expect(await register(second.url, 'c', '"int"')).toEqual({ id: 3 })
})

test('its folder serves one registry at a time', async () => {
  await using dir = await tempDir()
  const options = { dir: dir.path, env: process.env }
  await using _first = await startLocalRegistry(options)
  await expect(startLocalRegistry(options)).rejects.toMatchObject({ reason: 'FOLDER_IN_USE' })
})

test('after kill -9 it says why it is down, comes back on its port, and still knows its ids', async () => {
  const exits: string[] = []
  const returns: number[] = []
  const onExit = (text: string) => void exits.push(text)
  await using registry = await ownRegistry({ onExit, onReturn: () => void returns.push(1) })
  await register(registry.url, 'a', '"string"')
  const { pid = 0 } = registry
  process.kill(pid, 'SIGKILL')
  await eventually(() => expect(registry.trouble).toContain('SIGKILL'))
  await eventually(() => expect(returns).toEqual([1]), { within: 60_000 })
  expect(registry.trouble).toBeNull()
  expect(registry.pid).not.toBe(pid)
  expect(exits).toEqual([expect.stringContaining('it was ended by SIGKILL; it restarts in 1 s')])
  expect(await schemaAt(registry.url, 1)).toMatchObject({ schema: '"string"' })
})

test('a start without Maven says what to do', async () => {
  await using dir = await tempDir()
  const { stdout } = await promisify(execFile)('which', ['java'])
  await symlink(stdout.trim(), join(dir.path, 'java'))
  const starting = startLocalRegistry({ dir: dir.path, cacheDir: dir.path, env: { PATH: dir.path } })
  await expect(starting).rejects.toMatchObject({
    reason: 'MAVEN_MISSING',
    message: expect.stringContaining('SCHEMA_REGISTRY_URL'),
  })
})
