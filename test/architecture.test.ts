import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../src')

/** Which folders of src each folder may import, itself apart. Files directly under src may import everything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kafka: [],
  config: ['kafka'],
  'local-kafka': [],
  async: [],
  kafkajs: ['kafka', 'async'],
  messages: ['kafka', 'async'],
  watch: ['kafka', 'async'],
  access: ['kafka'],
  observe: ['kafka'],
  graphql: ['kafka', 'async'],
  server: ['graphql', 'access', 'observe', 'kafka', 'async'],
}
/** Files of the root that any folder may import: the settings' types and limits. */
const SHARED_ROOT_FILES: readonly string[] = []

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => ({ file, text: readFileSync(join(SRC, file), 'utf8') }))

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '')

const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '')

describe('the structure of src', () => {
  it('imports in one direction', () => {
    const wrong = sources.flatMap(({ file, text }) =>
      importsOf(text)
        .filter(path => path.startsWith('.'))
        .map(path => relative(SRC, join(SRC, dirname(file), path)))
        .filter(target => {
          const from = folderOf(file)
          const to = folderOf(target)
          if (from === '' || from === to || SHARED_ROOT_FILES.includes(target)) return false
          return !(MAY_IMPORT[from] ?? []).includes(to)
        })
        .map(target => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('measures no time by the clock on the wall, which is set back now and then', () => {
    // What compares with moments that Kafka, a file, a certificate or a client names.
    const mayAsk = [
      'config/tls-problems.ts',
      'graphql/group/group-lag.ts',
      'graphql/message/message-position.ts',
      'kafkajs/connection/diagnose.ts',
      'kafkajs/produce/produce-call.ts',
      'kafkajs/transactions-admin/find-hanging.ts',
      'local-kafka/folder-lock.ts',
      'messages/hub.ts',
    ]
    const asking = sources.filter(({ text }) => /\bDate\.now\b|\bnew Date\(\)/.test(text))
    expect(asking.map(({ file }) => file).sort()).toEqual(mayAsk)
  })

  it('knows every folder', () => {
    const unknown = [...new Set(sources.map(({ file }) => folderOf(file)))].filter(
      folder => folder !== '' && MAY_IMPORT[folder] === undefined,
    )
    expect(unknown).toEqual([])
  })

  it('imports kafkajs in its adapter only', () => {
    const importers = sources.filter(({ text }) => importsOf(text).some(path => path.split('/')[0] === 'kafkajs'))
    expect(importers.map(({ file }) => folderOf(file)).filter(folder => folder !== 'kafkajs')).toEqual([])
  })

  it('does nothing when a file is imported: no import for its effect, and one builder for each schema', () => {
    expect(sources.filter(({ text }) => /^import '/m.test(text)).map(({ file }) => file)).toEqual([])
    const makers = sources.filter(({ text }) => /\bnew SchemaBuilder\b|\bcreateBuilder\(\)/.test(text))
    expect(makers.map(({ file }) => file).sort()).toEqual(['graphql/builder.ts', 'graphql/schema.ts'])
  })

  it('keeps files at 250 lines at most', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 251).map(({ file }) => file)
    expect(long).toEqual([])
  })

  it('does not read the environment outside of the settings, the entry point and what starts child processes', () => {
    const readers = sources.filter(({ text }) => text.includes('process.env')).map(({ file }) => file)
    expect(readers.filter(file => !/^(cli|config|kafka-side|local-kafka)/.test(file))).toEqual([])
  })
})
