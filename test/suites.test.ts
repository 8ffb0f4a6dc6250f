import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { SUITES } from './suites.ts'

const ROOT = join(import.meta.dirname, '..')

interface ListedFile {
  readonly file: string
  readonly projectName: string
}

/** The files of every suite, as vitest itself finds them. */
const listedFiles = async (): Promise<readonly ListedFile[]> => {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'list', '--filesOnly', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT })
  const listed: readonly ListedFile[] = JSON.parse(stdout)
  return listed.map(({ file, projectName }) => ({ file: relative(ROOT, file), projectName }))
}

const testFilesIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => join(folder, file))

test('every test file belongs to exactly one suite', async () => {
  const listed = await listedFiles()
  const all = ['src', 'devops', 'schema', 'test'].flatMap(testFilesIn)
  expect(listed.map(({ file }) => file).sort()).toEqual(all.sort())
  expect(new Set(listed.map(({ projectName }) => projectName))).toEqual(new Set(Object.keys(SUITES)))
})

test('every pattern of a suite names files that exist', () => {
  const patterns = Object.values(SUITES).flatMap(({ include }) => include)
  const startOf = (pattern: string) => join(ROOT, pattern.split('**')[0] ?? '')
  expect(patterns.filter(pattern => !existsSync(startOf(pattern)))).toEqual([])
})

test('every suite has a command, and CI runs it', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const commands = { short: 'test', long: 'test:long', node: 'test:node' }
  expect(Object.keys(commands)).toEqual(Object.keys(SUITES))
  const ci = readFileSync(join(ROOT, '.ci/run'), 'utf8')
  for (const [suite, command] of Object.entries(commands)) {
    expect(scripts[command]).toContain(`--project ${suite}`)
    expect(ci).toContain(`run_suite ${command}\n`)
  }
})
