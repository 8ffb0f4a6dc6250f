import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SchemaReference } from '../../src/kafka/schemas.ts'
import type { ProducerMessageInput } from '../generated/operations.ts'
import { isPythonMissing, type PeerJob } from '../support/confluent-python.ts'
import { CASES, type InteropCase } from './cases.ts'
import { type InteropPlace, interopPlace } from './place.ts'

const FORMATS = { AVRO: 'AVRO', PROTOBUF: 'PROTOBUF', JSON: 'JSON_SCHEMA' } as const

/** A case with topics of its own. */
interface Scene {
  readonly one: InteropCase
  /** Confluent's client writes into it. */
  readonly theirs: string
  /** We write into it, by their schema. */
  readonly ours: string
}

const scenes: readonly Scene[] = CASES.map(one => {
  const id = randomUUID().slice(0, 13)
  return { one, theirs: `theirs-${id}`, ours: `ours-${id}` }
})

const messageOf = ({ language, message }: InteropCase, data: unknown): ProducerMessageInput => {
  if (language === 'AVRO') return { value: { avro: { data } } }
  if (language === 'JSON') return { value: { jsonSchema: { data } } }
  return { value: { protobuf: { data, ...(message === undefined ? {} : { messageName: message }) } } }
}

/** What a job of Confluent's client needs to know of a case. */
const jobOf = ({ language, schema, imports = {}, message, names = false }: InteropCase) => ({
  language,
  schema,
  names,
  // Registered by the client itself, as a descriptor: with Apicurio it cannot use the text of a .proto file.
  register: language === 'PROTOBUF',
  message,
  main: 'main.proto',
  files: { ...imports, 'main.proto': schema },
})

describe.skipIf(isPythonMissing())("beside Confluent's client", () => {
  let place: InteropPlace
  let written: readonly unknown[]
  let shown: readonly unknown[]

  const register = async (subject: string, { language, schema, imports = {} }: InteropCase) => {
    const references: SchemaReference[] = []
    for (const [name, text] of Object.entries(imports)) {
      const own = `${subject}/${name}`
      await place.register(own, { schemaType: language, schema: text, references: [] })
      references.push({ name, subject: own, version: 1 })
    }
    await place.register(subject, { schemaType: language, schema, references })
  }

  beforeAll(async () => {
    place = await interopPlace()
    const topics = scenes.flatMap(({ theirs, ours }) => [theirs, ours])
    const create = 'mutation ($topics: [NewTopicInput!]!) { createTopics(topics: $topics) { errors { message } } }'
    await place.app.dataOf(create, { topics: topics.map(name => ({ name, numPartitions: 1 })) })
    for (const { one, theirs, ours } of scenes) {
      if (one.language !== 'PROTOBUF') await register(`${theirs}-value`, one)
      await register(`${ours}-value`, one)
      await place.app.produce({ topic: ours, messages: one.ours.map(data => messageOf(one, data)) })
    }
    const jobs = scenes.flatMap(({ one, theirs, ours }): readonly PeerJob[] => [
      { op: 'write', topic: theirs, values: one.theirs ?? one.ours, ...jobOf(one) },
      { op: 'read', topic: ours, count: one.ours.length, ...jobOf(one) },
    ])
    const results = await place.peer(jobs)
    written = results.filter((_, index) => index % 2 === 0)
    shown = results.filter((_, index) => index % 2 === 1)
  })
  afterAll(() => place?.[Symbol.asyncDispose]())

  it.each(scenes.map((scene, index) => ({ ...scene, index, name: scene.one.name })))(
    'reads what it writes, by the schema that it wrote with: $name',
    async ({ one, theirs, index }) => {
      expect(written[index]).toHaveLength(one.ours.length)
      const read = await place.read(theirs, one.ours.length)
      expect(read.map(({ json, decodeError, format }) => ({ json, decodeError, format }))).toEqual(
        one.ours.map(json => ({ json, decodeError: null, format: FORMATS[one.language] })),
      )
      for (const { schema } of read) expect(schema).toEqual({ version: 1, subject: { name: `${theirs}-value` } })
    },
  )

  it.each(scenes.map((scene, index) => ({ ...scene, index, name: scene.one.name })))(
    'writes what it reads: $name',
    async ({ one, ours, index }) => {
      expect(shown[index]).toEqual(one.theirs ?? one.ours)
      expect((await place.read(ours, one.ours.length)).map(({ json }) => json)).toEqual(one.ours)
    },
  )

  it('reads what was read as base64 and written again, byte for byte', async () => {
    const copies = await Promise.all(
      scenes.map(async ({ one, theirs }) => {
        const topic = await place.app.freshTopic({ numPartitions: 1 })
        const read = await place.read(theirs, one.ours.length)
        await place.app.produce({ topic, messages: read.map(({ base64 }) => ({ value: { base64 } })) })
        expect((await place.read(topic, read.length)).map(({ base64 }) => base64)).toEqual(
          read.map(({ base64 }) => base64),
        )
        return { op: 'read' as const, topic, count: read.length, ...jobOf(one) }
      }),
    )
    expect(await place.peer(copies)).toEqual(scenes.map(({ one }) => one.theirs ?? one.ours))
  })

  it('reads what is written by the schema that it registered itself', async () => {
    const protobuf = scenes.filter(({ one }) => one.language === 'PROTOBUF')
    const jobs: PeerJob[] = []
    for (const { one, theirs } of protobuf) {
      const messages = one.ours.map(data => messageOf(one, data))
      const [first] = await place.app.produce({ topic: theirs, messages })
      jobs.push({ op: 'read', topic: theirs, from: Number(first?.offset), count: messages.length, ...jobOf(one) })
    }
    expect(await place.peer(jobs)).toEqual(protobuf.map(({ one }) => one.ours))
  })
})
