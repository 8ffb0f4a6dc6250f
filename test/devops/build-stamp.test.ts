import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isFresh, markFresh, removeOrphans } from '../../devops/build/build-stamp.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

let dir: TempDir
const write = (file: string, text: string) => writeFile(join(dir.path, file), text)

beforeEach(async () => {
  dir = await tempDir()
  await mkdir(join(dir.path, 'src/deep'), { recursive: true })
  await mkdir(join(dir.path, 'dist/deep'), { recursive: true })
  await write('package.json', '{}')
  await write('package-lock.json', '{ "lockfileVersion": 3 }')
  await write('tsconfig.json', '{}')
  await write('tsconfig.build.json', '{}')
  for (const name of ['a', 'deep/b']) {
    await write(`src/${name}.ts`, 'export {}')
    for (const end of ['js', 'js.map', 'd.ts']) await write(`dist/${name}.${end}`, 'export {}')
  }
  markFresh(dir.path)
})

afterEach(() => dir[Symbol.asyncDispose]())

test('a tree that was built is fresh, also when only times have changed', async () => {
  expect(isFresh(dir.path)).toBe(true)
  await utimes(join(dir.path, 'src/a.ts'), new Date(), new Date())
  expect(isFresh(dir.path)).toBe(true)
})

test.each([
  ['a source is changed', () => write('src/deep/b.ts', 'export const b = 1')],
  [
    'a source is changed to one of the same length and time',
    async () => {
      await write('src/a.ts', 'export{ }')
      await utimes(join(dir.path, 'src/a.ts'), new Date(0), new Date(0))
    },
  ],
  ['a source is deleted', () => rm(join(dir.path, 'src/deep/b.ts'))],
  ['a source is added', () => write('src/c.ts', 'export {}')],
  [
    'a source is renamed',
    async () => {
      await rm(join(dir.path, 'src/a.ts'))
      await write('src/c.ts', 'export {}')
    },
  ],
  ['package-lock.json is changed', () => write('package-lock.json', '{ "lockfileVersion": 4 }')],
  ['a setting of the compiler is changed', () => write('tsconfig.build.json', '{ "compilerOptions": {} }')],
  ['an output is deleted', () => rm(join(dir.path, 'dist/deep/b.js'))],
  ['an output is changed', () => write('dist/a.js', 'half a f')],
  ['dist is deleted', () => rm(join(dir.path, 'dist'), { recursive: true })],
  ['the stamp is deleted', () => rm(join(dir.path, 'dist/.built'))],
] as const)('a tree is stale when %s', async (_, change) => {
  await change()
  expect(isFresh(dir.path)).toBe(false)
})

test('the outputs of a deleted source are deleted', async () => {
  await rm(join(dir.path, 'src/deep/b.ts'))
  removeOrphans(dir.path)
  expect(await readdir(join(dir.path, 'dist'), { recursive: true })).toEqual(
    expect.arrayContaining(['a.js', 'a.js.map', 'a.d.ts', '.built', 'deep']),
  )
  expect(await readdir(join(dir.path, 'dist/deep'))).toEqual([])
})
