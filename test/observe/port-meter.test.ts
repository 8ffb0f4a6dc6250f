import { expect, it } from 'vitest'
import { KafkaError } from '../../src/kafka/errors/kafka-error.ts'
import { portMethods, wrapPorts } from '../../src/kafka/ports/wrap-ports.ts'
import { createMetrics } from '../../src/observe/metrics.ts'
import { invoke, scriptedPorts } from '../kafka/ports/scripted-ports.ts'
import { testCall } from '../support/call.ts'

const CALLS = 'kafka_graphql_port_calls_total'
const SECONDS = 'kafka_graphql_port_call_seconds_total'

const linesOf = async ({ render }: ReturnType<typeof createMetrics>, name: string): Promise<readonly string[]> =>
  (await render()).split('\n').filter(line => line.startsWith(`${name}{`))

it('the port meter counts the calls of every method that asks Kafka', async () => {
  const metrics = createMetrics()
  const wrapped = wrapPorts(scriptedPorts().ports, metrics.portMeter)
  for (const method of portMethods) for (let count = 0; count < 2; count++) await invoke(wrapped, method, testCall)
  const asking = portMethods.filter(({ kind }) => kind !== 'value')
  expect(await linesOf(metrics, CALLS)).toEqual(
    asking.map(({ port, method }) => `${CALLS}{port="${port}",method="${method}",code="OK"} 2`),
  )
  expect(await linesOf(metrics, SECONDS)).toHaveLength(asking.length)
})

it('the port meter counts failures by their code; a signal and an unforeseen error share one label', async () => {
  const metrics = createMetrics()
  const { ports } = scriptedPorts()
  const failures = [new KafkaError('KAFKA_UNAVAILABLE'), new TypeError('a bug'), new Error('the client left')]
  const listTopics = () => Promise.reject(failures.shift())
  const wrapped = wrapPorts({ ...ports, catalog: { ...ports.catalog, listTopics } }, metrics.portMeter)
  for (const failure of [...failures]) await expect(wrapped.catalog.listTopics(testCall)).rejects.toBe(failure)
  expect(await linesOf(metrics, CALLS)).toEqual([
    `${CALLS}{port="catalog",method="listTopics",code="KAFKA_UNAVAILABLE"} 1`,
    `${CALLS}{port="catalog",method="listTopics",code="OTHER"} 2`,
  ])
})

it('the port meter has no series before the first call, and counts nothing twice', async () => {
  const metrics = createMetrics()
  const wrapped = wrapPorts(scriptedPorts().ports, metrics.portMeter)
  expect(await linesOf(metrics, CALLS)).toEqual([])
  await wrapped.catalog.listTopics(testCall)
  await metrics.render()
  expect(await linesOf(metrics, CALLS)).toEqual([`${CALLS}{port="catalog",method="listTopics",code="OK"} 1`])
})
