import { expect, it } from 'vitest'
import type { ConfigResource } from '../../../../src/kafka/cluster.ts'
import { ByteWriter } from '../../../../src/kafkajs/wire/byte-writer.ts'
import { codesOf } from '../../../contract/outcome.ts'
import { testCall } from '../../../support/call.ts'
import { openKafka } from '../../open-kafka.ts'
import {
  type Answer,
  metadataAnswer,
  type Script,
  type ScriptedBroker,
  startScriptedBroker,
} from '../../transport/scripted-broker.ts'

const METADATA = 3
const DESCRIBE_CONFIGS = 32
const ALTER_CONFIGS = 44
const TOPIC = 2

const topic: ConfigResource = { type: 'TOPIC', name: 'scripted-topic' }
const ops = [{ op: 'SET', name: 'retention.ms', value: '5' }] as const
const limits = { configAdmin: { deadlineMs: 1000, propagationMs: 500 } }

const start = async (script: Script): Promise<ScriptedBroker> => {
  const broker: ScriptedBroker = await startScriptedBroker({
    ...script,
    [METADATA]: () => metadataAnswer({ brokers: [{ ...broker, nodeId: 1 }] }),
  })
  return broker
}

const altered = (errorCode = 0, message: string | null = null) => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray([topic.name], name =>
    writer.int16(errorCode).compactString(message).int8(TOPIC).compactString(name).noTags(),
  )
  return writer.noTags().toBuffer()
}

const DYNAMIC_TOPIC_CONFIG = 1
const DEFAULT_CONFIG = 5
const LONG = 5

const described = (value: string, source: number, errorCode = 0) => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray([topic.name], name => {
    writer.int16(errorCode).compactString(null).int8(TOPIC).compactString(name)
    writer.compactArray(errorCode === 0 ? ['retention.ms'] : [], config => {
      writer.compactString(config).compactString(value).boolean(false).int8(source).boolean(false)
      writer
        .compactArray([], () => {})
        .int8(LONG)
        .compactString(null)
        .noTags()
    })
    writer.noTags()
  })
  return writer.noTags().toBuffer()
}

it.each<[string, Answer]>([
  ['the broker hangs up', 'hang up'],
  ['the broker is silent', 'silence'],
  ['the response is cut off', { cut: altered() }],
])('a sent change is OUTCOME_UNKNOWN if %s, and is not sent again', async (_, answer) => {
  await using broker = await start({ [ALTER_CONFIGS]: () => answer })
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf([await kafka.configAdmin.incrementalAlterConfigs(testCall, topic, ops)])).toEqual(['OUTCOME_UNKNOWN'])
  expect(broker.asked.filter(key => key === ALTER_CONFIGS)).toHaveLength(1)
})

it('resolves once the broker shows the change', async () => {
  let asked = 0
  const shownTheThirdTime = () => (asked++ < 2 ? described('9', DEFAULT_CONFIG) : described('5', DYNAMIC_TOPIC_CONFIG))
  await using broker = await start({ [ALTER_CONFIGS]: () => altered(), [DESCRIBE_CONFIGS]: shownTheThirdTime })
  await using kafka = openKafka(broker.address, { limits })
  expect(await kafka.configAdmin.incrementalAlterConfigs(testCall, topic, ops)).toEqual(topic)
  expect(asked).toBe(3)
})

it.each<[string, () => Answer]>([
  ['never show it', () => described('9', DYNAMIC_TOPIC_CONFIG)],
  ['do not answer', () => 'silence'],
  ['hang up', () => 'hang up'],
  ['refuse to show it (TOPIC_AUTHORIZATION_FAILED)', () => described('', 0, 29)],
])('succeeds although the brokers %s', async (_, answer) => {
  await using broker = await start({ [ALTER_CONFIGS]: () => altered(), [DESCRIBE_CONFIGS]: answer })
  await using kafka = openKafka(broker.address, { limits })
  expect(await kafka.configAdmin.incrementalAlterConfigs(testCall, topic, ops)).toEqual(topic)
})

it('does not wait after a refusal or a validation', async () => {
  await using broker = await start({
    [ALTER_CONFIGS]: () => altered(40, 'Too short.'),
    [DESCRIBE_CONFIGS]: () => 'silence',
  })
  await using kafka = openKafka(broker.address, { limits })
  const outcome = await kafka.configAdmin.incrementalAlterConfigs(testCall, topic, ops)
  expect(outcome).toMatchObject({ code: 'INVALID_CONFIG', message: 'Too short.' })
  expect(broker.asked).not.toContain(DESCRIBE_CONFIGS)
})

it('never sends AlterConfigs, which would reset other configs, to a broker that is too old for incremental changes', async () => {
  await using broker = await start({ [DESCRIBE_CONFIGS]: () => 'silence' })
  await using kafka = openKafka(broker.address, { limits })
  expect(codesOf([await kafka.configAdmin.incrementalAlterConfigs(testCall, topic, ops)])).toEqual([
    'UNSUPPORTED_VERSION',
  ])
})

it("throws the signal's reason if the caller aborts", async () => {
  await using broker = await start({ [ALTER_CONFIGS]: () => 'silence' })
  await using kafka = openKafka(broker.address, { limits })
  const reason = new Error('the client went away')
  const given = kafka.configAdmin.incrementalAlterConfigs(
    { ...testCall, signal: AbortSignal.abort(reason) },
    topic,
    ops,
  )
  await expect(given).rejects.toBe(reason)
})
