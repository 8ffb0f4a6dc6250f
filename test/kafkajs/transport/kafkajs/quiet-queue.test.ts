import { setTimeout as sleep } from 'node:timers/promises'
import { logLevel } from 'kafkajs'
import { expect, it, vi } from 'vitest'
import { connectBroker } from '../../../../src/kafkajs/transport/kafkajs/connect-broker.ts'
import { openDoor } from '../../../../src/kafkajs/transport/kafkajs/door.ts'
import { quietQueue } from '../../../../src/kafkajs/transport/kafkajs/quiet-queue.ts'
import { sharedKafka } from '../../../support/kafka.ts'

it('a connection without waiting requests is not polled after a response', async () => {
  const [address = ''] = (await sharedKafka()).bootstrapServers.split(',')
  const door = openDoor({ brokers: ['unused:1'], clientId: 'test', logLevel: logLevel.NOTHING })
  const { connection, versions } = await connectBroker(door, address, 2000)
  try {
    expect(versions[3]).toBeDefined()
    const looks = vi.spyOn(connection.requestQueue, 'scheduleCheckPendingRequests')
    await sleep(50)
    expect(looks).not.toHaveBeenCalled()
  } finally {
    connection.socket?.destroy(new Error('the test is over'))
    connection.requestQueue.destroy()
  }
})

it('waiting requests are polled', () => {
  let looks = 0
  const queue = { pending: [] as unknown[], scheduleCheckPendingRequests: () => void looks++ }
  quietQueue(queue)
  queue.scheduleCheckPendingRequests()
  expect(looks).toBe(0)
  queue.pending.push('a request')
  queue.scheduleCheckPendingRequests()
  expect(looks).toBe(1)
})
