import { logLevel } from 'kafkajs'
import { expect, it } from 'vitest'
import { connectBroker } from '../../../../src/kafkajs/transport/kafkajs/connect-broker.ts'
import { openDoor } from '../../../../src/kafkajs/transport/kafkajs/door.ts'
import { sharedKafka } from '../../../support/kafka.ts'

// The undocumented parts of KafkaJS that this project uses. If an upgrade removes one, a test named after it fails.

const door = () => openDoor({ brokers: ['unused:1'], clientId: 'test', logLevel: logLevel.NOTHING })

it('kafkajs passes its protocol layer to a partition assigner, without connecting', async () => {
  const broker = await door().createBroker('127.0.0.1', 1)
  expect(broker.versions).toBeNull()
  expect(broker.connectionPool.pool.length).toBeGreaterThan(0)
  for (const connection of broker.connectionPool.pool) {
    expect(connection.socket).toBeUndefined()
    expect(connection.isConnected()).toBe(false)
    expect(connection.isAuthenticated()).toBe(false)
    expect(connection.sasl).toBeNull()
    expect(connection.send).toBeTypeOf('function')
    expect(connection.requestQueue.destroy).toBeTypeOf('function')
    expect(connection.requestQueue.rejectAll).toBeTypeOf('function')
    expect(connection.requestQueue.pending).toEqual([])
  }
})

it("a broker's connection carries any request body and response", async () => {
  const [address = ''] = (await sharedKafka()).bootstrapServers.split(',')
  const { connection, versions } = await connectBroker(door(), address, 2000)
  try {
    expect(connection.isConnected()).toBe(true)
    expect(connection.socket).toMatchObject({
      connecting: false,
      bytesRead: expect.any(Number),
      bytesWritten: expect.any(Number),
    })
    expect(connection.socket?.bytesRead).toBeGreaterThan(0)
    expect(versions[3]?.maxVersion).toBeGreaterThanOrEqual(12)
    // ApiVersions v0: an empty body; the response starts with error code 0.
    const answer = await connection.send({
      request: {
        apiKey: 18,
        apiVersion: 0,
        apiName: 'ApiVersions',
        expectResponse: () => true,
        encode: async () => ({ buf: Buffer.alloc(0), buffer: Buffer.alloc(0) }),
      },
      response: {
        decode: async payload => ({ data: payload.readInt16BE(0) }),
        parse: async decoded => decoded.data,
      },
      logResponseError: false,
    })
    expect(answer).toBe(0)
  } finally {
    connection.socket?.destroy(new Error('the test is over'))
    connection.requestQueue.destroy()
  }
})
