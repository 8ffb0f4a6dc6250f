import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPythonMissing, type PeerJob } from '../support/confluent-python.ts'
import { type InteropPlace, interopPlace } from './place.ts'
import { randomAvro } from './random-avro.ts'

const SCHEMAS = 36

/** The name of the test has it. INTEROP_SEED runs the same schemas and values again. */
const seed = Number(process.env.INTEROP_SEED ?? Math.floor(Math.random() * 2 ** 31))

describe.skipIf(isPythonMissing())(`random Avro schemas and values, seed ${seed}`, () => {
  let place: InteropPlace
  beforeAll(async () => {
    place = await interopPlace()
  })
  afterAll(() => place?.[Symbol.asyncDispose]())

  it("are read alike by ours and by Confluent's client, and both have written them", async () => {
    const id = randomUUID().slice(0, 13)
    const scenes = fc
      .sample(randomAvro, { numRuns: SCHEMAS, seed })
      .map((one, index) => ({ ...one, ours: `random-ours-${id}-${index}`, theirs: `random-theirs-${id}-${index}` }))
    const topics = scenes.flatMap(({ ours, theirs }) => [ours, theirs]).map(name => ({ name, numPartitions: 1 }))
    await place.app.dataOf(
      'mutation ($topics: [NewTopicInput!]!) { createTopics(topics: $topics) { errors { message } } }',
      { topics },
    )
    const jobs: PeerJob[] = []
    for (const { schema, values, ours, theirs } of scenes) {
      for (const topic of [ours, theirs])
        await place.register(`${topic}-value`, { schemaType: 'AVRO', schema, references: [] })
      await place.app.produce({
        topic: ours,
        messages: values.map(value => ({ value: { avro: { data: value.ours } } })),
      })
      const job = { language: 'AVRO', schema, register: false }
      jobs.push({ op: 'read', topic: ours, count: values.length, ...job })
      jobs.push({ op: 'write', topic: theirs, values: values.map(value => value.theirs), ...job })
    }
    const results = await place.peer(jobs)
    for (const [index, { schema, values, ours, theirs }] of scenes.entries()) {
      const wanted = values.map(value => value.ours)
      expect([schema, results[2 * index]]).toEqual([schema, values.map(value => value.theirs)])
      for (const topic of [ours, theirs]) {
        const read = await place.read(topic, values.length)
        expect([schema, read.map(({ json, decodeError }) => decodeError ?? json)]).toEqual([schema, wanted])
      }
    }
  })
})
