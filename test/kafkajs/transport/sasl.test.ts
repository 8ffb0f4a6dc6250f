import { expect, it } from 'vitest'
import { ByteWriter } from '../../../src/kafkajs/wire/byte-writer.ts'
import { testCall } from '../../support/call.ts'
import { eventually } from '../../support/eventually.ts'
import { openKafka, testLimits } from '../open-kafka.ts'
import { metadataAnswer, type ScriptedBroker, startScriptedBroker } from './scripted-broker.ts'

const METADATA = 3
const SASL_HANDSHAKE = 17
const SASL_AUTHENTICATE = 36
const sasl = { mechanism: 'plain', username: 'somebody', password: 'secret' } as const

const start = async (errorCode: number, sessionMs = 0n): Promise<ScriptedBroker> => {
  const broker: ScriptedBroker = await startScriptedBroker({
    [SASL_HANDSHAKE]: () => {
      const writer = new ByteWriter().int16(0)
      return writer.array(['PLAIN'], mechanism => writer.string(mechanism)).toBuffer()
    },
    [SASL_AUTHENTICATE]: () => {
      const refusal = errorCode === 0 ? null : 'Authentication failed'
      return new ByteWriter().int16(errorCode).string(refusal).bytes(Buffer.alloc(0)).int64(sessionMs).toBuffer()
    },
    [METADATA]: () => metadataAnswer({ brokers: [{ ...broker, nodeId: 1 }] }),
  })
  return broker
}

it('authenticates before any other request', async () => {
  await using broker = await start(0)
  await using kafka = openKafka(broker.address, { sasl })
  expect((await kafka.catalog.describeCluster(testCall)).clusterId).toBe('scripted')
  expect(broker.asked).toContain(SASL_AUTHENTICATE)
  expect(broker.asked.indexOf(SASL_AUTHENTICATE)).toBeLessThan(broker.asked.indexOf(METADATA))
})

it("opens a new connection before the old one's session ends", async () => {
  // KafkaJS considers a session expired 10 s before its end.
  await using broker = await start(0, 10_050n)
  await using kafka = openKafka(broker.address, {
    sasl,
    limits: { catalog: { ...testLimits.catalog, metadataCacheMs: 0 } },
  })
  const logins = () => broker.asked.filter(key => key === SASL_AUTHENTICATE).length
  await kafka.catalog.describeCluster(testCall)
  const before = logins()
  await eventually(async () => {
    await kafka.catalog.describeCluster(testCall)
    expect(logins()).toBeGreaterThan(before + 1)
  })
  expect(kafka.state.isUp).toBe(true)
})

it('reports refused credentials at once, without retries', async () => {
  await using broker = await start(58)
  await using kafka = openKafka(broker.address, { sasl })
  await expect(kafka.catalog.listTopics(testCall)).rejects.toMatchObject({ code: 'SASL_AUTHENTICATION_FAILED' })
  await eventually(() => expect(kafka.state).toMatchObject({ isUp: false, reason: expect.stringMatching(/failed/i) }))
})

it('logs no secret', async () => {
  const lines: string[] = []
  const note = (fields: Readonly<Record<string, unknown>>, text: string) => lines.push(JSON.stringify([text, fields]))
  await using broker = await start(58)
  await using kafka = openKafka(broker.address, { sasl, logger: { debug: note, info: note, warn: note, error: note } })
  await expect(kafka.catalog.listTopics(testCall)).rejects.toThrow()
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join('\n')).not.toContain(sasl.password)
})
