import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** Paths and npm scripts in the code of a document. */
const namesIn = (text: string) => ({
  paths: [...text.matchAll(/`((?:src|test|devops|schema|docs)\/[\w./-]+)`/g)].map(([, path = '']) => path),
  scripts: [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script),
})

describe.each(['CONTRIBUTING.md', 'README.md', 'CHANGELOG.md'])('%s', file => {
  const { paths, scripts } = namesIn(read(file))

  test('names only files and folders that exist', () => {
    expect(paths.filter(path => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('names only scripts that package.json has', () => {
    const known = Object.keys(JSON.parse(read('package.json')).scripts)
    expect(scripts.filter(script => !known.includes(script))).toEqual([])
  })
})

test('a path and a script that are gone are found', () => {
  const { paths, scripts } = namesIn('see `src/gone.ts`, `test/gone` and `npm run gone:too`')
  expect(paths).toEqual(['src/gone.ts', 'test/gone'])
  expect(scripts).toEqual(['gone:too'])
})
