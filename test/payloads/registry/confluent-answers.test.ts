import { describe, expect, it } from 'vitest'
import type { NewSchema } from '../../../src/kafka/schemas.ts'
import { createRegistryPort } from '../../../src/payloads/registry/port/create-registry-port.ts'
import { testCall } from '../../support/call.ts'
import { clientOf, refusal, type StubAnswer, stubRegistry } from './stub-registry.ts'

/** Answers as Confluent's registry documents them, where Apicurio's differ. */
const portOf = async (answer: StubAnswer) => {
  const stub = await stubRegistry(answer)
  return { stub, port: createRegistryPort(clientOf([stub.url])) }
}

const schema: NewSchema = { schemaType: 'AVRO', schema: '"string"', references: [] }

describe("Confluent's registry", () => {
  it('says that a subject has no level of its own: it has that of the registry', async () => {
    const { stub, port } = await portOf(({ url }, response) =>
      url === '/config'
        ? { compatibilityLevel: 'BACKWARD' }
        : refusal(response, 404, 40408, "Subject 'a' does not have subject-level compatibility configured"),
    )
    await using _ = stub
    expect(await port.compatibilityLevel(testCall, 'a')).toBe('BACKWARD')
  })

  it('answers a change of the level with another field, and a mode', async () => {
    const { stub, port } = await portOf(({ url }) =>
      url === '/mode' ? { mode: 'READONLY' } : { compatibility: 'FULL_TRANSITIVE' },
    )
    await using _ = stub
    expect(await port.alterCompatibility(testCall, null, 'FULL_TRANSITIVE')).toBe('FULL_TRANSITIVE')
    expect(await port.mode(testCall)).toBe('READONLY')
  })

  it('gives reasons as text, with the place in it', async () => {
    const message =
      "{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'z' at path '/fields/0' in the new schema has no default value', additionalInfo:'z'}"
    const { stub, port } = await portOf(() => ({ is_compatible: false, messages: [message, 'something else'] }))
    await using _ = stub
    expect(await port.checkCompatibility(testCall, 'a', schema)).toEqual({
      isCompatible: false,
      reasons: [
        { path: '/fields/0', message },
        { path: null, message: 'something else' },
      ],
    })
  })

  it('does not find a reference: the schema is not compatible for that', async () => {
    const { stub, port } = await portOf(({ url }, response) =>
      url.includes('/none/')
        ? refusal(response, 404, 40401, 'no subject')
        : refusal(response, 404, 40402, 'no version'),
    )
    await using _ = stub
    const referring = { ...schema, references: [{ name: 'r', subject: 'r', version: 9 }] }
    await expect(port.checkCompatibility(testCall, 'a', referring)).rejects.toMatchObject({
      code: 'SCHEMA_VERSION_NOT_FOUND',
    })
    expect(await port.checkCompatibility(testCall, 'none', referring)).toMatchObject({ isCompatible: true })
    expect(await port.checkCompatibility(testCall, 'a', schema)).toMatchObject({ isCompatible: true })
  })

  it('sends GUIDs, and leaves out the type of Avro and empty references', async () => {
    const guid = '89791762-2336-4863-8C05-8C9A2A2A7B1C'
    const { stub, port } = await portOf(() => ({ subject: 'a', version: 3, id: 9, guid, schema: '"string"', ts: 1 }))
    await using _ = stub
    expect(await port.describeVersion(testCall, 'a', 3)).toEqual({
      subject: 'a',
      version: 3,
      schema: { schemaId: 9, guid: guid.toLowerCase(), schemaType: 'AVRO', schema: '"string"', references: [] },
    })
  })

  it('lists the subjects of all contexts if it is asked to; others that find none are asked again without', async () => {
    const names = [':.ctx:b', 'a']
    const first = await portOf(({ url }) => (url.includes('subjectPrefix=%3A*%3A') ? names : ['a']))
    await using _first = first.stub
    expect(await first.port.listSubjects(testCall, { isDeleted: false })).toEqual(names)
    const second = await portOf(({ url }) => (url.includes('subjectPrefix') ? [] : ['b', 'a']))
    await using _second = second.stub
    expect(await second.port.listSubjects(testCall, { isDeleted: true })).toEqual(['a', 'b'])
    expect(second.stub.received.every(({ url }) => url.includes('deleted=true'))).toBe(true)
  })

  it('cuts long lists of subjects: the rest is asked for, and a registry that knows no offset is not asked for ever', async () => {
    const name = (at: number) => `s${String(at).padStart(5, '0')}`
    const page = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => name(from + at))
    const paged = await portOf(({ url }) => {
      const offset = Number(new URL(url, 'http://x').searchParams.get('offset') ?? 0)
      return page(offset, Math.min(offset + 1000, 2500))
    })
    await using _paged = paged.stub
    expect(await paged.port.listSubjects(testCall, { isDeleted: false })).toEqual(page(0, 2500))
    expect(paged.stub.received).toHaveLength(4)
    const deaf = await portOf(() => page(0, 1000))
    await using _deaf = deaf.stub
    expect(await deaf.port.listSubjects(testCall, { isDeleted: false })).toHaveLength(1000)
    expect(deaf.stub.received).toHaveLength(2)
  })

  it('changes the text of a schema when it normalises: the version is found by the id', async () => {
    const { stub, port } = await portOf(({ method, url }, response) => {
      if (method === 'POST')
        return url.endsWith('/versions') ? { id: 4 } : refusal(response, 404, 40403, 'Schema not found')
      return url.endsWith('/versions')
        ? [
            { subject: 'b', version: 9 },
            { subject: 'a', version: 1 },
            { subject: 'a', version: 2 },
          ]
        : { schema: '{"type":"string"}' }
    })
    await using _ = stub
    expect(await port.registerSchema(testCall, 'a', schema)).toMatchObject({
      subject: 'a',
      version: 2,
      schema: { schemaId: 4, schema: '{"type":"string"}' },
    })
  })

  it('takes -1 for the latest version: no number below 1 reaches it', async () => {
    const { stub, port } = await portOf(() => 7)
    await using _ = stub
    for (const number of [-1, 0, 1.5, Number.NaN, 2 ** 40]) {
      expect(await port.describeVersion(testCall, 'a', number)).toBeNull()
      expect(await port.describeSchema(testCall, number)).toBeNull()
      expect(await port.listUses(testCall, number)).toEqual([])
      const deleted = port.deleteVersion(testCall, { subject: 'a', version: number }, { permanent: true })
      await expect(deleted).rejects.toMatchObject({ code: 'INVALID_SCHEMA_VERSION' })
    }
    expect(stub.received).toEqual([])
  })

  it.each([
    [409, 409, 'INCOMPATIBLE_SCHEMA', false],
    [422, 42201, 'INVALID_SCHEMA', false],
    [422, 42205, 'SCHEMA_REGISTRY_READ_ONLY', false],
    [422, 42208, 'INVALID_SUBJECT', false],
    [422, 42209, 'SCHEMA_TOO_LARGE', false],
    [403, 40301, 'SCHEMA_REGISTRY_UNAUTHORIZED', false],
    [429, 429, 'SCHEMA_REGISTRY_UNAVAILABLE', true],
    [503, 50004, 'SCHEMA_REGISTRY_UNAVAILABLE', true],
    [418, 0, 'SCHEMA_REGISTRY_FAILED', false],
  ])('answers status %i with number %i: %s', async (status, number, code, retriable) => {
    const { stub, port } = await portOf((_, response) => refusal(response, status, number, 'the reason'))
    await using _ = stub
    const asked = port.registerSchema(testCall, 'a', schema)
    await expect(asked).rejects.toMatchObject({ code, retriable, message: expect.stringContaining('the reason') })
  })
})
