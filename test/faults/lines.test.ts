import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { countsOf, startLoad, startReading } from '../outside/support/load.ts'
import { type Product, startProduct, untilReady } from '../outside/support/start-product.ts'
import { getOffsets } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { freshTopicName } from '../support/kafka.ts'
import { type Line, startLine } from '../support/line.ts'
import { ownKafka } from '../support/local-kafka.ts'
import { ALL_KEPT, judge } from '../support/oracle.ts'
import { createTopicByTool, describeTopic } from '../support/topic-tool.ts'

const NODES = [1, 2, 3]
const PARTITIONS = 3

let kafka: LocalKafka
let lines: ReadonlyMap<number, Line>
let product: Product

/** Brokers reach each other directly. Only the server's connections are broken, so no leader is elected. */
beforeAll(async () => {
  const ports = await Promise.all(
    NODES.map(async nodeId => ({ nodeId, port: await freePort(), farPort: await freePort() })),
  )
  kafka = await ownKafka({
    nodes: 3,
    extraProperties: ({ nodeId, brokerPort, controllerPort }) => {
      const at = ports.find(one => one.nodeId === nodeId)
      const inside = `PLAINTEXT://127.0.0.1:${brokerPort}`
      return {
        listeners: `${inside},FAR://127.0.0.1:${at?.farPort},CONTROLLER://127.0.0.1:${controllerPort}`,
        'advertised.listeners': `${inside},FAR://127.0.0.1:${at?.port}`,
        'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,FAR:PLAINTEXT',
      }
    },
  })
  lines = new Map(await Promise.all(ports.map(async at => [at.nodeId, await startLine(at)] as const)))
  product = await startProduct(ports.map(({ port }) => `127.0.0.1:${port}`).join(','))
  await untilReady(product)
}, 180_000)

afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
  for (const line of lines?.values() ?? []) await line[Symbol.asyncDispose]()
  await kafka?.close()
})

/** Writes and reads during `fault` and a little longer. Every acknowledged message is delivered once. */
const survives = async (fault: (leader: Line) => Promise<void>) => {
  const topic = freshTopicName('lines')
  await createTopicByTool(kafka, topic, { partitions: PARTITIONS, replicationFactor: 3 })
  const before = await describeTopic(kafka, topic)
  const leader = lines.get(before.partitions[0]?.leader ?? 0)
  if (leader === undefined) throw new Error('partition 0 has no leader')
  await using reading = startReading(product, topic)
  const load = startLoad(product, topic, PARTITIONS)
  await eventually(() => expect(load.acked()).toBeGreaterThan(100), { within: 30_000 })
  await fault(leader)
  const acked = load.acked()
  await eventually(() => expect(load.acked()).toBeGreaterThan(acked + 300), { within: 30_000 })
  await load.stop()
  const written = [...(await getOffsets(kafka, topic)).values()].reduce((sum, end) => sum + Number(end), 0)
  await eventually(() => expect(reading.read()).toHaveLength(written))
  expect(judge(load.told, reading.read())).toEqual(ALL_KEPT)
  expect((await describeTopic(kafka, topic)).partitions).toMatchObject(
    before.partitions.map(({ leader }) => ({ leader })),
  )
  console.info(`${countsOf(load.told)}; longest answer ${Math.max(...load.took)} ms`)
  return load
}

test('when all connections to all brokers are reset repeatedly, everything is acknowledged and delivered once', async () => {
  const { told } = await survives(async () => {
    for (let time = 0; time < 20; time++) {
      for (const line of lines.values()) line.cut()
      await sleep(300)
    }
  })
  expect(told.filter(({ told }) => told !== 'ACKED')).toEqual([])
}, 120_000)

test('when only the server cannot reach a leader for 8 s, it waits, and everything is acknowledged and delivered once', async () => {
  const { told } = await survives(async leader => {
    leader.hold()
    await sleep(8000)
    leader.release()
  })
  expect(told.filter(({ told }) => told !== 'ACKED')).toEqual([])
}, 120_000)

test('when a connection to a leader stalls and is then reset, no acknowledged message is lost or duplicated', async () => {
  const { told } = await survives(async leader => {
    for (let time = 0; time < 4; time++) {
      leader.hold()
      await sleep(1000 + 500 * time)
      leader.cut()
      leader.release()
      await sleep(500)
    }
  })
  expect(told.filter(({ told }) => told !== 'ACKED')).toEqual([])
}, 120_000)
