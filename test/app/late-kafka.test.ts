import { describe, expect, it } from 'vitest'
import { createLateKafka } from '../../src/app/late-kafka.ts'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import { portMethods } from '../../src/kafka/ports/wrap-ports.ts'
import { invoke, scriptedPorts } from '../kafka/ports/scripted-ports.ts'
import { testCall } from '../support/call.ts'

const ofKafka = portMethods.filter(({ port }) => !['schemaRegistry', 'payloadWriter'].includes(port))

describe.each(ofKafka)('$name of a Kafka that is being started', method => {
  it('fails with a retriable error, with CLOSED once Kafka will not arrive any more', async () => {
    const late = createLateKafka(scriptedPorts().ports)
    const ask = async () => invoke(late.ports, method, testCall)
    await expect(ask()).rejects.toMatchObject({ code: 'KAFKA_UNAVAILABLE', retriable: true })
    late.end()
    await expect(ask()).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('reaches Kafka once it has arrived, also while the program ends', async () => {
    const late = createLateKafka(scriptedPorts().ports)
    const { ports, received } = scriptedPorts()
    late.arrive(ports)
    await invoke(late.ports, method, testCall, 'a parameter')
    late.end()
    await invoke(late.ports, method, testCall)
    expect(received).toEqual([
      { name: method.name, call: testCall, parameters: ['a parameter'] },
      { name: method.name, call: testCall, parameters: [] },
    ])
  })
})

it('an error of Kafka itself is passed on', async () => {
  const late = createLateKafka(scriptedPorts().ports)
  const { ports } = scriptedPorts()
  const failure = new KafkaError('NOT_CONTROLLER')
  late.arrive({ ...ports, sink: { produce: () => Promise.reject(failure) } })
  const options = { acks: 'ALL', compressionType: 'NONE', transactional: false, timeoutMs: 1 } as const
  await expect(late.ports.sink.produce(testCall, [], options)).rejects.toBe(failure)
})

it('the schema registry does not wait for Kafka', async () => {
  const { ports } = scriptedPorts()
  const late = createLateKafka(ports)
  expect(await late.ports.schemaRegistry.listSubjects(testCall, { isDeleted: false })).toBe(
    'schemaRegistry.listSubjects',
  )
  late.end()
  expect(await late.ports.schemaRegistry.mode(testCall)).toBe('schemaRegistry.mode')
  const kafka = scriptedPorts().ports
  late.arrive(kafka)
  expect(await late.ports.schemaRegistry.mode(testCall)).toBe('schemaRegistry.mode')
})
