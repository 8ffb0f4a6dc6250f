import { utimesSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockFolder } from '../../../src/local-kafka/data-folder/folder-lock.ts'
import { tempDir } from '../../support/temp-dir.ts'

test('a folder has one owner at a time, and is free again when released', async () => {
  await using dir = await tempDir()
  const lock = lockFolder(dir.path)
  expect(() => lockFolder(dir.path)).toThrow(`in use by process ${process.pid}`)
  lock.release()
  lockFolder(dir.path).release()
  expect(await readdir(dir.path)).toEqual([])
})

test('a new owner learns what a dead owner left running, and so does the next', async () => {
  await using dir = await tempDir()
  const java = [{ pid: 4_194_305, properties: join(dir.path, 'server.properties') }]
  const dead = { pid: 4_194_304, startTime: '1', java }
  writeFileSync(join(dir.path, 'lock.json'), JSON.stringify(dead))
  const lock = lockFolder(dir.path)
  expect(lock.leftBehind).toEqual(java)
  const written = JSON.parse(await readFile(join(dir.path, 'lock.json'), 'utf8'))
  expect(written).toMatchObject({ pid: process.pid, java })
  lock.record([])
  expect(JSON.parse(await readFile(join(dir.path, 'lock.json'), 'utf8')).java).toEqual([])
})

test('an incomplete lock is valid only briefly', async () => {
  await using dir = await tempDir()
  const file = join(dir.path, 'lock.json')
  writeFileSync(file, '{"pid":')
  expect(() => lockFolder(dir.path)).toThrow('in use')
  utimesSync(file, new Date(0), new Date(0))
  expect(lockFolder(dir.path).leftBehind).toEqual([])
})
