import { describe, expect, it } from 'vitest'
import type { Call } from '../../../src/kafka/ports/call.ts'
import type { SecurityAdmin } from '../../../src/kafka/ports/security-admin.ts'
import type { NewTopic } from '../../../src/kafka/ports/topic-admin.ts'
import type { QuotaAlteration } from '../../../src/kafka/security.ts'
import { unfaked } from '../../fakes/unfaked.ts'
import { harness } from '../harness.ts'

interface Refusal {
  readonly code: string
  readonly path: readonly string[]
  readonly message: string
}

describe('what is named twice in one request is refused by its name', () => {
  it('a config of a new topic, and the other topics are created', async () => {
    const { run, kafka } = harness()
    const created: NewTopic[] = []
    const { createTopics } = kafka
    Object.assign(kafka, {
      createTopics: (call: Call, topics: readonly NewTopic[]) => {
        created.push(...topics)
        return createTopics(call, topics)
      },
    })
    const { data } = await run<{ createTopics: { errors: readonly Refusal[] } }>(`mutation { createTopics(topics: [
      { name: "twice", configs: [{ name: "retention.ms", value: "1" }, { name: "retention.ms", value: "2" }] }
      { name: "same", configs: [{ name: "retention.ms", value: "1" }, { name: "retention.ms", value: "1" }] }
      { name: "once", configs: [{ name: "retention.ms", value: "1" }, { name: "retention.bytes", value: "1" }] }
    ]) { errors { code path message } } }`)
    const message = 'retention.ms is named more than once in this request.'
    expect(data.createTopics.errors).toEqual([
      { code: 'INVALID_REQUEST', path: ['topics', '0'], message },
      { code: 'INVALID_REQUEST', path: ['topics', '1'], message },
    ])
    expect(created.map(({ name }) => name)).toEqual(['once'])
  })

  it('a limit of a quota, also one that is set and taken away', async () => {
    const sent: QuotaAlteration[] = []
    const security: SecurityAdmin = {
      ...unfaked<SecurityAdmin>('security'),
      alterClientQuotas: async (_call, alterations) => {
        sent.push(...alterations)
        return alterations.map(({ entity }) => entity)
      },
    }
    const { run } = harness({ ports: { security } })
    const { data } = await run<{
      alterClientQuotas: { errors: readonly Refusal[] }
    }>(`mutation { alterClientQuotas(entries: [
      { entity: { type: USER, name: "a" }, set: [{ key: "producer_byte_rate", value: 1 }, { key: "producer_byte_rate", value: 2 }] }
      { entity: { type: USER, name: "b" }, set: [{ key: "producer_byte_rate", value: 1 }], remove: ["producer_byte_rate"] }
      { entity: { type: USER, name: "c" }, set: [{ key: "producer_byte_rate", value: 1 }], remove: ["request_percentage"] }
      { entity: { type: USER, name: "c" }, remove: ["request_percentage"] }
    ]) { errors { code path message } } }`)
    const message = 'producer_byte_rate is named more than once in this request.'
    expect(data.alterClientQuotas.errors).toEqual([
      { code: 'INVALID_REQUEST', path: ['entries', '0'], message },
      { code: 'INVALID_REQUEST', path: ['entries', '1'], message },
      { code: 'INVALID_REQUEST', path: ['entries', '3'], message: 'user "c" is named more than once in this request.' },
    ])
    expect(sent.map(({ entity }) => entity[0]?.name)).toEqual(['c'])
  })
})
