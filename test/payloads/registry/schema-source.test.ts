import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { createSchemaSource } from '../../../src/payloads/registry/cache/create-schema-source.ts'
import type { SchemaSourceLimits } from '../../../src/payloads/registry/cache/lookups.ts'
import type { RegistryClient } from '../../../src/payloads/registry/client/registry-client.ts'
import { createRegistryPort } from '../../../src/payloads/registry/port/create-registry-port.ts'
import { isMissing, type SchemaLookup } from '../../../src/payloads/registry/schema-source.ts'
import type { SchemaText } from '../../../src/payloads/schema-codec.ts'
import { type SchemaCodec, SchemaProblem } from '../../../src/payloads/schema-codec.ts'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import { freePort } from '../../support/free-port.ts'
import { freshSubject, sharedRegistry } from '../../support/registry.ts'
import { clientOf, refusal, type StubAnswer, stubRegistry } from './stub-registry.ts'

const limits: SchemaSourceLimits = {
  lookupMs: 20_000,
  latestMs: 60_000,
  missingMs: 60_000,
  cacheBytes: 33_554_432,
  missingEntries: 100,
  pendingEntries: 2000,
  unknownPerSecond: 50,
}

const codecs: SchemaText[] = []
const codec: SchemaCodec = {
  decode: () => ({ value: null, jsonBytes: 4 }),
  encode: () => ({ bytes: Buffer.alloc(0), messageIndexes: null }),
}
const compile = (text: SchemaText): SchemaCodec => {
  codecs.push(text)
  if (text.schema.includes('broken')) throw new SchemaProblem('unknown type broken')
  return codec
}

const sourceOf = (client: RegistryClient, changed: Partial<SchemaSourceLimits> = {}) =>
  createSchemaSource(client, { AVRO: compile, PROTOBUF: compile, JSON: compile }, { ...limits, ...changed })

const foundIn = (lookup: SchemaLookup) => {
  if (isMissing(lookup)) throw new Error(lookup.problem)
  return lookup
}

const ids: StubAnswer = ({ url }, response) => {
  const [, id] = /^\/schemas\/ids\/(\d+)/.exec(url) ?? []
  return Number(id) < 100 ? { schema: `"text ${id}"` } : refusal(response, 404, 40403, `Schema ${id} not found`)
}

describe('lookups', () => {
  it('a thousand callers that need one unknown schema make one request, and get the same', async () => {
    await using stub = await stubRegistry(ids)
    const source = sourceOf(clientOf([stub.url]))
    const found = await Promise.all(Array.from({ length: 1000 }, () => source.byId(7)))
    expect(new Set(found).size).toBe(1)
    expect(stub.received).toHaveLength(1)
    expect(source.byId(7)).toBe(found[0])
    expect(source.stats()).toMatchObject({ schemas: 1, pending: 0, missing: 0 })
  })

  it('a failure is kept briefly, and forgotten after a change that this server made', async () => {
    await using stub = await stubRegistry(ids)
    const source = sourceOf(clientOf([stub.url]))
    expect(await source.byId(100)).toMatchObject({ problem: 'Schema 100 not found' })
    expect(source.byId(100)).toMatchObject({ problem: 'Schema 100 not found' })
    expect(stub.received).toHaveLength(1)
    source.forgetRecent()
    await source.byId(100)
    expect(stub.received).toHaveLength(2)
  })

  it('a million messages with random ids make few requests, and take little memory', async () => {
    await using stub = await stubRegistry(ids)
    const source = sourceOf(clientOf([stub.url]), { unknownPerSecond: 0.5, pendingEntries: 50 })
    foundIn(await source.byId(1))
    const problems = new Set<string>()
    for (let id = 1000; id < 1_001_000; id++) {
      const lookup = source.byId(id)
      if (!(lookup instanceof Promise) && isMissing(lookup)) problems.add(lookup.problem)
    }
    await eventually(() => expect(source.stats().pending).toBe(0))
    expect([...problems].join()).toContain('too many schemas are being looked up at once')
    expect(stub.received.length).toBeLessThan(100)
    expect(source.stats().missing).toBeLessThanOrEqual(limits.missingEntries)
    expect(await source.byId(2_000_000)).toMatchObject({ problem: expect.stringContaining('less often') })
    expect(isMissing(await source.byId(1))).toBe(false)
  })

  it('ids that no registry gives make no request', async () => {
    await using stub = await stubRegistry(ids)
    const source = sourceOf(clientOf([stub.url]))
    for (const id of [0, 2_147_483_648, 4_294_967_295]) {
      expect(source.byId(id)).toEqual({ problem: `the schema registry has no schema ${id}`, code: 'SCHEMA_NOT_FOUND' })
    }
    expect(stub.received).toEqual([])
  })

  it('schemas that the registry refuses count as unknown ones', async () => {
    await using stub = await stubRegistry((_, response) => refusal(response, 400, 400, 'bad request'))
    const source = sourceOf(clientOf([stub.url]), { unknownPerSecond: 0.1 })
    for (let id = 1; id <= 4; id++) await source.byId(id)
    expect(source.byId(5)).toMatchObject({ code: 'BUSY', problem: expect.stringContaining('less often') })
    expect(stub.received.length).toBeLessThan(4)
  })

  it('failed lookups with long keys are kept only while they take little memory', async () => {
    await using stub = await stubRegistry((_, response) => refusal(response, 404, 40401, 'no such subject'))
    const source = sourceOf(clientOf([stub.url]), { missingEntries: 20, unknownPerSecond: 50 })
    const kept = async (name: (at: number) => string) => {
      source.forgetRecent()
      for (let at = 0; at < 20; at++) await source.latest(name(at))
      return source.stats().missing
    }
    expect(await kept(at => `short-${at}`)).toBe(20)
    expect(await kept(at => `${at}`.padEnd(4000, 'x'))).toBe(2)
    expect(await kept(at => `${at}`.padEnd(1_000_000, 'x'))).toBe(0)
  })

  it('while the registry is down, unknown schemas are answered at once; it is back by itself', async () => {
    const port = await freePort()
    const source = sourceOf(clientOf([`http://127.0.0.1:${port}`]))
    expect(await source.byId(1)).toMatchObject({ problem: expect.stringContaining('ECONNREFUSED') })
    // Not a promise: nothing waits.
    expect(source.byId(2)).toMatchObject({ problem: expect.stringContaining('ECONNREFUSED') })
    await using _stub = await stubRegistry(ids, port)
    await eventually(async () => expect(foundIn(await source.byId(3)).text.schema).toBe('"text 3"'), { within: 30_000 })
  })

  it('a lookup that makes no request does not use up the attempt to reach a registry that is down', async () => {
    await using stub = await stubRegistry(ids)
    const client = clientOf([stub.url])
    const source = sourceOf(client)
    client.health.failed(new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE', 'down'))
    await eventually(() => {
      expect(client.health.takeProbe()).toBe(true)
      client.health.releaseProbe()
    })
    expect(source.latest('.')).toMatchObject({ problem: 'down' })
    await eventually(() => expect(source.stats().pending).toBe(0))
    expect(source.byId(7)).toMatchObject({ problem: 'down' })
    await eventually(() => expect(client.health.trouble).toBeNull())
    expect(stub.received).toHaveLength(1)
  })

  it('a registry that hangs holds up only the lookups of its first deadline', async () => {
    await using stub = await stubRegistry(() => undefined)
    const source = sourceOf(clientOf([stub.url]), { lookupMs: 1000 })
    const first = await Promise.all([source.byId(1), source.byId(2)])
    expect(first).toMatchObject([1, 2].map(() => ({ problem: expect.stringContaining('within') })))
    expect(source.byId(3)).toMatchObject({ problem: expect.stringContaining('within') })
  })

  it('one schema that the registry fails on does not hide the others', async () => {
    await using stub = await stubRegistry((request, response) =>
      request.url.includes('/66') ? refusal(response, 500, 50001, 'out of order') : ids(request, response),
    )
    const source = sourceOf(clientOf([stub.url]))
    expect(await source.byId(66)).toMatchObject({ problem: 'out of order' })
    expect(foundIn(await source.byId(7)).schema.schemaId).toBe(7)
  })

  it('a schema without an end is refused, and not asked for again at once', async () => {
    await using stub = await stubRegistry(() => ({ schema: 'x'.repeat(2_200_000) }))
    const source = sourceOf(clientOf([stub.url], {}, { maxAnswerBytes: 16_000_000 }))
    const problem = 'it and its references have more than 2097152 characters'
    expect(await source.byId(1)).toMatchObject({ problem })
    expect(source.byId(1)).toMatchObject({ problem })
  })
})

describe('GUIDs', () => {
  const guid = '89791762-2336-4863-8c05-8c9a2a2a7b1c'

  it('find a schema, which is kept', async () => {
    await using stub = await stubRegistry(() => ({ schema: '"string"', schemaType: 'JSON' }))
    const source = sourceOf(clientOf([stub.url]))
    const found = foundIn(await source.byGuid(guid))
    expect(found.schema).toMatchObject({ guid, schemaId: null, schemaType: 'JSON' })
    expect(source.find({ kind: 'guid', guid })).toBe(found)
    expect(stub.received.map(({ url }) => url)).toEqual([`/schemas/guids/${guid}`])
  })

  it('are unknown to Apicurio', async () => {
    const source = sourceOf(clientOf([await sharedRegistry()]))
    expect(await source.byGuid(guid)).toMatchObject({ problem: `no schema has the GUID ${guid}` })
  })
})

describe('contexts', () => {
  it('go with the id, and references stay in them', async () => {
    await using stub = await stubRegistry(({ url }) =>
      url.startsWith('/schemas/ids/5')
        ? { schema: '"a"', references: [{ name: 'b', subject: 'b', version: 1 }] }
        : { subject: ':.ctx:b', version: 1, id: 6, schema: '"b"' },
    )
    const source = sourceOf(clientOf([stub.url]))
    expect(foundIn(await source.byId(5, '.ctx')).text.references).toEqual([{ name: 'b', schema: '"b"' }])
    expect(stub.received.map(({ url }) => url)).toEqual([
      '/schemas/ids/5?subject=%3A.ctx%3A',
      '/subjects/%3A.ctx%3Ab/versions/1?deleted=true',
    ])
  })
})

describe('references', () => {
  const referring = (names: readonly string[]) =>
    names.map(name => ({ name: `${name}.proto`, subject: name, version: 1 }))
  const graph =
    (edges: Readonly<Record<string, readonly string[]>>): StubAnswer =>
    ({ url }) => {
      const [, subject] = /^\/subjects\/([^/]+)/.exec(url) ?? []
      const name = subject ?? 'root'
      const body = { schema: name, schemaType: 'PROTOBUF', references: referring(edges[name] ?? []) }
      return subject === undefined ? body : { ...body, subject, version: 1, id: 1000 }
    }

  it('come each before what refers to it, and once', async () => {
    await using stub = await stubRegistry(graph({ root: ['a', 'b'], a: ['c'], b: ['c'] }))
    const { text } = foundIn(await sourceOf(clientOf([stub.url])).byId(1))
    expect(text.references.map(({ schema }) => schema)).toEqual(['c', 'a', 'b'])
  })

  it.each([
    ['a circle', { root: ['a'], a: ['b'], b: ['a'] }, 'form a circle through a version 1'],
    [
      'nesting without end',
      Object.fromEntries(Array.from({ length: 50 }, (_, at) => [at === 0 ? 'root' : `n${at}`, [`n${at + 1}`]])),
      'nested more than 32 deep',
    ],
    ['hundreds', { root: Array.from({ length: 300 }, (_, at) => `n${at}`) }, 'refers to more than 200 schemas'],
  ])('that are %s are refused', async (_, edges, problem) => {
    await using stub = await stubRegistry(graph(edges))
    const lookup = await sourceOf(clientOf([stub.url])).byId(1)
    expect(lookup).toMatchObject({ problem: expect.stringContaining(problem) })
  })
})

describe('codecs', () => {
  it('are compiled once for each schema, also when it is found as the latest of its subject', async () => {
    await using stub = await stubRegistry(({ url }) =>
      url.startsWith('/subjects') ? { subject: 'a', version: 1, id: 7, schema: '"text 7"' } : { schema: '"text 7"' },
    )
    const source = sourceOf(clientOf([stub.url]))
    const [latest, version, byId] = [
      foundIn(await source.latest('a')),
      foundIn(await source.byVersion('a', 1)),
      foundIn(await source.byId(7)),
    ]
    codecs.length = 0
    for (const found of [latest, version, byId]) expect(source.compiled(found)).toBe(codec)
    expect(codecs).toHaveLength(1)
    expect(stub.received).toHaveLength(2)
  })

  it('are those of the language of the subject, also where equal texts of two languages have one id', async () => {
    await using stub = await stubRegistry(({ url }) => {
      const [, subject, schemaType] = /^\/subjects\/((AVRO|JSON)-value)/.exec(url) ?? []
      return { subject, version: 1, id: 7, schema: '{"type":"string"}', schemaType }
    })
    const source = sourceOf(clientOf([stub.url]))
    for (const schemaType of ['AVRO', 'JSON']) {
      expect(foundIn(await source.latest(`${schemaType}-value`)).text.schemaType).toBe(schemaType)
    }
  })

  it('that cannot be made are problems, which are found once', async () => {
    await using stub = await stubRegistry(() => ({ schema: 'broken' }))
    const source = sourceOf(clientOf([stub.url]))
    const found = foundIn(await source.byId(1))
    codecs.length = 0
    expect(source.compiled(found)).toMatchObject({ problem: 'unknown type broken' })
    expect(source.compiled(found)).toMatchObject({ problem: 'unknown type broken' })
    expect(codecs).toHaveLength(1)
  })
})

describe('ids of eight bytes', () => {
  it('are not taken for ids of schemas because a search failed', async () => {
    let isDown = true
    const schemaOf = (url: string) => ({ schema: url.endsWith('/9') ? '"right"' : '"wrong"' })
    await using stub = await stubRegistry(({ url }, response) => {
      if (!url.includes('/search/versions')) return schemaOf(url)
      return isDown ? refusal(response, 503, 503, 'starting') : { versions: [{ contentId: 9 }] }
    })
    const source = sourceOf(clientOf([`${stub.url}/apis/ccompat/v7`]))
    expect(await source.find({ kind: 'longId', id: 5 })).toMatchObject({ problem: 'starting' })
    isDown = false
    source.forgetRecent()
    expect(foundIn(await source.find({ kind: 'longId', id: 5 })).text.schema).toBe('"right"')
  })
})

describe('Apicurio', () => {
  it('finds schemas by its own numbers, and by the names of artifacts', async () => {
    const client = clientOf([await sharedRegistry()])
    const source = sourceOf(client)
    const subject = freshSubject()
    const schema = JSON.stringify({ type: 'enum', name: 'E', doc: subject, symbols: ['A'] })
    const registered = await createRegistryPort(client).registerSchema(testCall, subject, {
      schemaType: 'AVRO',
      schema,
      references: [],
    })
    const found = foundIn(await source.byId(registered.schema.schemaId ?? 0))
    expect(found).toEqual({ schema: registered.schema, text: { schemaType: 'AVRO', schema, references: [] } })
    expect(await source.find({ kind: 'artifact', subject, version: 1 })).toBe(found)
    expect(await source.find({ kind: 'artifact', subject, version: null })).toBe(found)
    const api = (await sharedRegistry()).replace('/ccompat/v7', '/registry/v3')
    const described: { readonly globalId: number } = await (
      await fetch(`${api}/groups/default/artifacts/${subject}/versions/1`)
    ).json()
    const { globalId } = described
    expect(await source.find({ kind: 'globalId', globalId })).toBe(found)
    expect(await source.find({ kind: 'longId', id: globalId })).toBe(found)
    const nobody = 2_000_000_000
    expect(await source.find({ kind: 'globalId', globalId: nobody })).toMatchObject({
      problem: expect.stringContaining('2000000000'),
    })
    expect(await source.find({ kind: 'longId', id: nobody })).toMatchObject({
      problem: expect.stringContaining('2000000000'),
    })
  })
})
