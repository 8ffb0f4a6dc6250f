import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../../../src/local-kafka/local-kafka.ts'
import { codesOf } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { ownKafka } from '../../../support/local-kafka.ts'
import { type OpenSink, openSink } from '../open-sink.ts'
import { outgoing } from '../outgoing.ts'
import { options } from '../scripted-sink.ts'

const PARTITIONS = 12

let kafka: LocalKafka
let open: OpenSink

beforeAll(async () => {
  kafka = await ownKafka({ nodes: 1, extraProperties: { 'socket.request.max.bytes': '1500000' } })
  open = openSink(kafka.bootstrapServers)
})

afterAll(async () => {
  await open[Symbol.asyncDispose]()
  await kafka.close()
})

test('a broker that closes the connection on large requests gets smaller ones, and each message once', async () => {
  const topic = await open.freshTopic({ partitions: PARTITIONS })
  const writeTen = (partition: number) => {
    const messages = new Array(10).fill(outgoing({ topic, partition, value: Buffer.alloc(80_000) }))
    return open.sink.produce(testCall, messages, options({ timeoutMs: 20_000 }))
  }
  for (const end of [10n, 20n]) {
    const outcomes = await Promise.all([...new Array(PARTITIONS).keys()].map(writeTen))
    expect(codesOf(outcomes.flat()).filter(code => code !== null)).toEqual([])
    const last = outcomes.map(written => written.at(-1))
    expect(last).toEqual(last.map(() => expect.objectContaining({ offset: end - 1n })))
  }
})
