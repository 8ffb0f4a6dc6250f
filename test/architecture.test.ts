import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../src')

/**
 * What each folder of src may import, itself apart. A file belongs to the longest key that its path begins with. An entry
 * allows the folder and those below it; `folder/*` allows only the files directly in it.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // The program. Nothing imports it, except the two files directly under src: the command and the embedding API.
  '': ['app', 'config', 'graphql', 'kafka', 'local-kafka', 'observe', 'server'],
  app: [
    'access',
    'async',
    'config',
    'graphql',
    'kafka',
    'kafkajs',
    'local-kafka',
    'local-registry',
    'observe',
    'payloads',
    'server',
    'streams',
    'watch',
  ],
  config: ['kafka'],
  async: [],
  observe: ['kafka'],
  access: ['kafka'],

  // The vocabulary and the ports.
  kafka: ['async', 'kafka/errors'],
  'kafka/errors': [],
  'kafka/payload': ['kafka/*'],
  'kafka/cursor': ['async', 'kafka/*', 'kafka/errors'],
  'kafka/ports': ['async', 'kafka'],

  // The adapter, from the bytes up.
  'kafkajs/wire': ['async', 'kafka'],
  'kafkajs/requests': ['kafka', 'kafkajs/wire'],
  'kafkajs/transport': ['async', 'kafka', 'kafkajs/wire', 'kafkajs/requests', 'kafkajs/transport/kafkajs'],
  'kafkajs/transport/kafkajs': ['async', 'kafka', 'kafkajs/wire'],
  'kafkajs/records': ['async', 'kafka', 'kafkajs/wire'],
  'kafkajs/read': ['async', 'kafka', 'kafkajs/wire', 'kafkajs/requests', 'kafkajs/transport', 'kafkajs/records'],
  'kafkajs/write': ['async', 'kafka', 'kafkajs/wire', 'kafkajs/requests', 'kafkajs/transport', 'kafkajs/records'],
  'kafkajs/admin': ['async', 'kafka', 'kafkajs/wire', 'kafkajs/requests', 'kafkajs/transport', 'kafkajs/read'],
  kafkajs: ['async', 'kafka', 'kafkajs'],

  // The stream engine and the live changes of the cluster: ports over other ports.
  'streams/start': ['async', 'kafka'],
  'streams/ring': ['async', 'kafka', 'streams/start'],
  'streams/behind': ['async', 'kafka', 'streams/start', 'streams/ring'],
  'streams/feed': ['async', 'kafka', 'streams/start', 'streams/ring', 'streams/behind'],
  streams: ['async', 'kafka', 'streams'],
  'watch/poll': ['async', 'kafka'],
  watch: ['async', 'kafka', 'watch/poll'],

  // The contents of payloads: formats, schema languages, the registry. The files directly in it are the vocabulary, and `read` and
  // `write` put the parts together.
  'payloads/formats': ['kafka', 'payloads/*'],
  'payloads/avro': ['kafka', 'payloads/*'],
  'payloads/protobuf': ['kafka', 'payloads/*'],
  'payloads/json-schema': ['kafka', 'payloads/*', 'payloads/formats'],
  'payloads/kafka-internal': ['kafka', 'payloads/*'],
  'payloads/registry': ['async', 'kafka', 'payloads/*'],
  'payloads/read': ['kafka', 'payloads'],
  'payloads/write': ['async', 'kafka', 'payloads'],
  payloads: ['async', 'kafka', 'payloads'],

  // The schema.
  'graphql/core/errors': ['kafka'],
  'graphql/core': ['async', 'kafka', 'graphql/core/errors'],
  graphql: ['async', 'kafka', 'graphql/core'],

  // The server.
  'server/pipeline/documents': [
    'async',
    'graphql/core',
    'kafka',
    'server/pipeline/errors',
    'server/pipeline/normalise',
  ],
  'server/pipeline': ['async', 'graphql/core', 'kafka', 'observe', 'server/pipeline/documents'],
  'server/sending': ['async', 'kafka'],
  'server/http': ['async', 'kafka', 'observe', 'server/pipeline', 'server/sending'],
  'server/fast-path': ['async', 'kafka', 'observe', 'server/http', 'server/pipeline', 'server/sending'],
  'server/sse': ['async', 'kafka', 'observe', 'server/http', 'server/pipeline', 'server/sending'],
  'server/websocket': ['async', 'kafka', 'observe', 'server/pipeline', 'server/sending'],
  'server/assets': ['async', 'server/http'],
  'server/probes': ['observe', 'server/http'],
  server: ['async', 'access', 'graphql/core', 'kafka', 'observe', 'server'],

  'local-kafka/java': ['local-kafka/*'],
  'local-kafka/data-folder': ['local-kafka/*'],
  'local-kafka/node': ['local-kafka/*', 'local-kafka/java', 'local-kafka/data-folder'],
  'local-kafka/start': ['local-kafka'],
  'local-kafka': [],
  'local-registry': ['local-kafka'],
}

/** Folders of src in which every folder has a rule of its own. In the others the test of circles is enough. */
const RULED = ['kafka', 'kafkajs', 'streams', 'server', 'payloads']

interface Import {
  readonly file: string
  readonly target: string
}

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.tsx?$/.test(file))
  .sort()
  .map(file => ({ file, text: readFileSync(join(SRC, file), 'utf8') }))

const specifiersOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '')

/** Every import of one file of ours by another. */
const imports: readonly Import[] = sources.flatMap(({ file, text }) =>
  specifiersOf(text)
    .filter(path => /^\.\.?\/.*\.tsx?$/.test(path))
    .map(path => ({ file, target: relative(SRC, join(SRC, dirname(file), path)) })),
)

const folderOf = (file: string): string => (file.includes('/') ? dirname(file) : '')

const isIn = (folder: string, outer: string): boolean => folder === outer || folder.startsWith(`${outer}/`)

/** The key of the table that a folder belongs to; undefined where none does. */
const keyOf = (folder: string): string | undefined =>
  folder === ''
    ? ''
    : Object.keys(MAY_IMPORT)
        .filter(key => key !== '' && isIn(folder, key))
        .sort((a, b) => b.length - a.length)[0]

const isAllowed = (entry: string, folder: string): boolean =>
  entry.endsWith('/*') ? folder === entry.slice(0, -2) : isIn(folder, entry)

const mayImport = ({ file, target }: Import): boolean => {
  const key = keyOf(folderOf(file))
  const to = folderOf(target)
  if (key === undefined) return false
  return keyOf(to) === key || (MAY_IMPORT[key] ?? []).some(entry => isAllowed(entry, to))
}

/** Groups of folders that import each other in a circle, where `unitOf` cuts paths to the depth that is looked at. */
const circlesOf = (unitOf: (file: string) => string): readonly string[] => {
  const next = new Map<string, Set<string>>()
  for (const { file, target } of imports) {
    const [from, to] = [unitOf(file), unitOf(target)]
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to))
  }
  const reachable = (start: string): ReadonlySet<string> => {
    const seen = new Set<string>()
    const waiting = [...(next.get(start) ?? [])]
    for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) {
      if (seen.has(unit)) continue
      seen.add(unit)
      waiting.push(...(next.get(unit) ?? []))
    }
    return seen
  }
  return [...next.keys()].filter(unit => reachable(unit).has(unit)).sort()
}

describe('the structure of src', () => {
  it('imports in one direction', () => {
    const wrong = imports.filter(one => !mayImport(one)).map(({ file, target }) => `${file} imports ${target}`)
    expect(wrong).toEqual([])
  })

  it.each([
    ['folders', Number.POSITIVE_INFINITY],
    ['folders of src', 1],
    ['folders in a folder of src', 2],
    ['folders two below a folder of src', 3],
  ])('has no circle between %s', (_, depth) => {
    expect(circlesOf(file => folderOf(file).split('/').slice(0, depth).join('/'))).toEqual([])
  })

  it('has a rule for every folder of src, and none for a folder that is not there', () => {
    const folders = [...new Set(sources.map(({ file }) => folderOf(file)))]
    const isUnruled = (folder: string): boolean => {
      const [first = '', second] = folder.split('/')
      const needed = RULED.includes(first) && second !== undefined ? `${first}/${second}` : first
      return MAY_IMPORT[needed] === undefined
    }
    expect(folders.filter(isUnruled)).toEqual([])
    const planned = ['access']
    const unused = Object.keys(MAY_IMPORT).filter(key => !folders.some(folder => folder === key || isIn(folder, key)))
    expect(unused.filter(key => !planned.includes(key))).toEqual([])
  })

  it('is imported by nothing where it puts the program together', () => {
    const importers = imports.filter(
      ({ file, target }) => isIn(folderOf(target), 'app') && !isIn(folderOf(file), 'app'),
    )
    expect([...new Set(importers.map(({ file }) => file))]).toEqual(['cli.ts', 'index.ts'])
    expect(imports.filter(({ target }) => folderOf(target) === '')).toEqual([])
  })

  it('has at most 20 files side by side in a folder', () => {
    const counts = new Map<string, number>()
    for (const { file } of sources) counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count > 20)).toEqual([])
  })

  it('imports the package kafkajs in one folder of its adapter only', () => {
    const importers = sources.filter(({ text }) => specifiersOf(text).some(path => path.split('/')[0] === 'kafkajs'))
    const folders = new Set(importers.map(({ file }) => folderOf(file)))
    expect([...folders]).toEqual(['kafkajs/transport/kafkajs'])
  })

  it('does nothing when a file is imported: no import for its effect, and one builder for each schema', () => {
    expect(sources.filter(({ text }) => /^import '/m.test(text)).map(({ file }) => file)).toEqual([])
    const makers = sources.filter(({ text }) => /\bnew SchemaBuilder\b|\bcreateBuilder\(\)/.test(text))
    expect(makers.map(({ file }) => file).sort()).toEqual(['graphql/core/builder.ts', 'graphql/schema.ts'])
  })

  it('keeps files at 250 lines at most', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 251).map(({ file }) => file)
    expect(long).toEqual([])
  })

  it('measures no time by the clock on the wall, which is set back now and then', () => {
    // What compares with moments that Kafka, a file, a certificate or a client names.
    const mayAsk = [
      'config/tls-problems.ts',
      'graphql/group/group-lag.ts',
      'graphql/partition/message-position.ts',
      'kafkajs/admin/transactions/find-hanging.ts',
      'kafkajs/transport/kafkajs/diagnose.ts',
      'kafkajs/write/messages/produce-call.ts',
      'local-kafka/data-folder/folder-lock.ts',
      'streams/stream-engine.ts',
    ]
    const asking = sources.filter(({ text }) => /\bDate\.now\b|\bnew Date\(\)/.test(text))
    expect(asking.map(({ file }) => file).sort()).toEqual(mayAsk)
  })

  it('does not read the environment outside of the settings, the entry point and what starts child processes', () => {
    const readers = sources.filter(({ text }) => text.includes('process.env')).map(({ file }) => file)
    expect(
      readers.filter(file => !/^(app\/(cli-program|kafka-side|registry-side)|cli|config\/|local-kafka\/)/.test(file)),
    ).toEqual([])
  })
})
