import { beforeAll, describe, expect, it } from 'vitest'
import type { SchemaRegistry } from '../../src/kafka/ports/schema-registry.ts'
import type { NewSchema } from '../../src/kafka/schemas.ts'
import { createRegistryPort } from '../../src/payloads/registry/port/create-registry-port.ts'
import { INCOMPATIBLE, inMemoryRegistry } from '../fakes/in-memory-registry.ts'
import { clientOf } from '../payloads/registry/stub-registry.ts'
import { testCall } from '../support/call.ts'
import { freshSubject, sharedRegistry } from '../support/registry.ts'

const record = (type: string, name = 'a'): NewSchema => ({
  schemaType: 'AVRO',
  schema: JSON.stringify({
    type: 'record',
    name: 'R',
    doc: crypto.randomUUID(),
    fields: [{ name, type, default: '' }],
  }),
  references: [],
})
const text = () => record('string')
/** Not compatible with the others in either direction; the fake goes by the word. */
const other = (): NewSchema => ({
  schemaType: 'AVRO',
  schema: JSON.stringify({ type: 'record', name: 'R', doc: INCOMPATIBLE, fields: [{ name: 'b', type: 'long' }] }),
  references: [],
})

const live = { isDeleted: false } as const
const all = { isDeleted: true } as const
const soft = { permanent: false } as const
const forGood = { permanent: true } as const

const openReal = async (): Promise<SchemaRegistry> => createRegistryPort(clientOf([await sharedRegistry()]))

describe.each<readonly [string, () => Promise<SchemaRegistry>]>([
  ['the registry in memory', async () => inMemoryRegistry()],
  ['Apicurio', openReal],
])('the port of %s', (_, open) => {
  let port: SchemaRegistry

  beforeAll(async () => {
    port = await open()
  })

  it('registers versions, and finds them by subject, number and id', async () => {
    const subject = freshSubject('slash/and space')
    const [one, two] = [text(), text()]
    const first = await port.registerSchema(testCall, subject, one)
    const second = await port.registerSchema(testCall, subject, two)
    expect(first).toMatchObject({ subject, version: 1, schema: { schemaType: 'AVRO', schema: one.schema } })
    expect(second.version).toBe(2)
    expect(await port.describeVersion(testCall, subject, 1)).toEqual(first)
    expect(await port.describeVersion(testCall, subject, 'latest')).toEqual(second)
    expect(await port.listVersions(testCall, subject, live)).toEqual([1, 2])
    const id = first.schema.schemaId ?? 0
    expect(await port.describeSchema(testCall, id)).toEqual(first.schema)
    expect(await port.listUses(testCall, id)).toEqual([{ subject, version: 1 }])
    expect(await port.listSubjects(testCall, live)).toContain(subject)
  })

  it('registers the same schema once', async () => {
    const subject = freshSubject()
    const schema = text()
    const first = await port.registerSchema(testCall, subject, schema)
    expect(await port.registerSchema(testCall, subject, schema)).toEqual(first)
  })

  it('answers null or nothing for what is not there', async () => {
    const subject = freshSubject()
    expect(await port.describeVersion(testCall, subject, 'latest')).toBeNull()
    expect(await port.describeVersion(testCall, subject, 1)).toBeNull()
    expect(await port.listVersions(testCall, subject, all)).toBeNull()
    expect(await port.describeSchema(testCall, 2_000_000_000)).toBeNull()
    expect(await port.listUses(testCall, 2_000_000_000)).toEqual([])
    expect(await port.checkCompatibility(testCall, subject, text())).toEqual({ isCompatible: true, reasons: [] })
  })

  it('checks compatibility with reasons, and refuses what is not compatible', async () => {
    const subject = freshSubject()
    await port.registerSchema(testCall, subject, text())
    expect(await port.alterCompatibility(testCall, subject, 'FULL')).toBe('FULL')
    expect(await port.compatibilityLevel(testCall, subject)).toBe('FULL')
    const result = await port.checkCompatibility(testCall, subject, other())
    expect(result.isCompatible).toBe(false)
    expect(result.reasons.length).toBeGreaterThan(0)
    await expect(port.registerSchema(testCall, subject, other())).rejects.toMatchObject({ code: 'INCOMPATIBLE_SCHEMA' })
    expect(await port.listVersions(testCall, subject, live)).toEqual([1])
  })

  it('a subject without a level has that of the registry', async () => {
    const level = await port.compatibilityLevel(testCall, null)
    expect(await port.compatibilityLevel(testCall, freshSubject())).toBe(level)
  })

  it('deletes versions softly, then for good', async () => {
    const subject = freshSubject()
    await port.registerSchema(testCall, subject, text())
    const second = await port.registerSchema(testCall, subject, text())
    const version = { subject, version: 2 }
    expect(await port.deleteVersion(testCall, version, soft)).toBe(2)
    expect(await port.listVersions(testCall, subject, live)).toEqual([1])
    expect(await port.listVersions(testCall, subject, all)).toEqual([1, 2])
    expect(await port.describeVersion(testCall, subject, 2)).toEqual(second)
    expect(await port.deleteVersion(testCall, version, forGood)).toBe(2)
    expect(await port.listVersions(testCall, subject, all)).toEqual([1])
    const absent = port.deleteVersion(testCall, { subject, version: 9 }, forGood)
    await expect(absent).rejects.toMatchObject({ code: 'SCHEMA_VERSION_NOT_FOUND' })
  })

  it('deletes subjects for good, softly first where that has not been done', async () => {
    const subject = freshSubject()
    await port.registerSchema(testCall, subject, text())
    expect(await port.deleteSubject(testCall, subject, soft)).toEqual([1])
    expect(await port.listSubjects(testCall, live)).not.toContain(subject)
    expect(await port.listSubjects(testCall, all)).toContain(subject)
    await port.deleteSubject(testCall, subject, forGood)
    expect(await port.listSubjects(testCall, all)).not.toContain(subject)
    const at = freshSubject()
    await port.registerSchema(testCall, at, text())
    expect(await port.deleteSubject(testCall, at, forGood)).toEqual([1])
    await expect(port.deleteSubject(testCall, at, forGood)).rejects.toMatchObject({ code: 'SUBJECT_NOT_FOUND' })
  })
})

describe('the port of Apicurio', () => {
  it('keeps references, protects what they name, and finds subjects of contexts', async () => {
    const port = await openReal()
    const money = freshSubject('money.proto')
    const base: NewSchema = {
      schemaType: 'PROTOBUF',
      schema: 'syntax = "proto3"; package c; message Money { int64 units = 1; }',
      references: [],
    }
    const order: NewSchema = {
      schemaType: 'PROTOBUF',
      schema: 'syntax = "proto3"; import "money.proto"; message Order { c.Money total = 1; }',
      references: [{ name: 'money.proto', subject: money, version: 1 }],
    }
    await port.registerSchema(testCall, money, base)
    const subject = `:.staging:${freshSubject()}`
    const registered = await port.registerSchema(testCall, subject, order)
    expect(registered.schema.references).toEqual(order.references)
    expect(await port.describeVersion(testCall, subject, 'latest')).toEqual(registered)
    expect(await port.listSubjects(testCall, live)).toContain(subject)
    await expect(port.deleteSubject(testCall, money, soft)).rejects.toMatchObject({ code: 'SCHEMA_IS_REFERENCED' })
  })

  it('names a schema that cannot be read, and a name that no URL can hold', async () => {
    const port = await openReal()
    const broken: NewSchema = { schemaType: 'AVRO', schema: '{', references: [] }
    await expect(port.registerSchema(testCall, freshSubject(), broken)).rejects.toMatchObject({
      code: 'INVALID_SCHEMA',
    })
    for (const name of ['', '.', '..', 'a\nb', '\ud800', 'x'.repeat(5000)])
      await expect(port.listVersions(testCall, name, live)).rejects.toMatchObject({ code: 'INVALID_SUBJECT' })
  })

  it('has no modes', async () => {
    expect(await (await openReal()).mode(testCall)).toBeNull()
  })
})
