import { existsSync, readdirSync, readFileSync } from 'node:fs'
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

const FOLDERS = ['src', 'test', 'schema', 'docs']
const files = FOLDERS.flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(file => `${folder}/${file}`),
)
const TOP = [...FOLDERS, 'devops', ...readdirSync(join(ROOT, 'src')).filter(name => !name.includes('.'))].join('|')
const PATH = new RegExp(`\`((?:${TOP})(?:/[\\w.-]+)+/?|[\\w./-]+\\.(?:ts|graphql))\``, 'g')

/** Paths in a guide to the code: from the root or from src, a test without its `.test.ts`, or a file's name alone. */
const guidePaths = (text: string): string[] => [...text.matchAll(PATH)].map(([, path = '']) => path)

const isThere = (path: string): boolean =>
  [path, `src/${path}`, `${path}.test.ts`].some(each => existsSync(join(ROOT, each))) ||
  (!path.includes('/') && files.some(file => file.endsWith(`/${path}`)))

test.each(['docs/architecture.md', 'docs/decisions.md'])('%s names only files and folders that exist', file => {
  const paths = guidePaths(read(file))
  expect(paths.length).toBeGreaterThan(20)
  // A file of the graphql package.
  expect(paths.filter(path => !isThere(path) && path !== 'graphql/jsutils/inspect.js')).toEqual([])
})

test('a guide’s path that is gone is found', () => {
  const text =
    'see `streams/gone.ts`, `gone.ts`, `test/gone`, `feed.ts`, `streams/feed/feed.ts` and `server/pipeline/normalise/`'
  expect(guidePaths(text).filter(path => !isThere(path))).toEqual(['streams/gone.ts', 'gone.ts', 'test/gone'])
})
