import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../src/kafka/offset.ts'
import type { TopicName } from '../../src/kafka/topic-name.ts'
import { testCall } from '../support/call.ts'
import { createTopic, fresh } from './create-topic.ts'
import { implementations, type PortsUnderTest } from './ports-under-test.ts'

const minute = 60_000

describe.each(implementations)('message times of %s', (_, open) => {
  let ports: PortsUnderTest
  const start = Date.now() - 10 * minute

  beforeAll(async () => {
    ports = await open()
  })

  afterAll(() => ports[Symbol.asyncDispose]())

  const at = (topic: TopicName, partition: number, offset: number) => ({ topic, partition, offset: toOffset(offset) })

  const written = async () => {
    const topic = await createTopic(ports, 2)
    for (const index of [0, 1, 2])
      await ports.write(topic, 0, [{ value: String(index), timestamp: start + index * minute }])
    return topic
  }

  it('are found for each position in order; null at the end of a log and in one without messages', async () => {
    const topic = await written()
    const positions = [at(topic, 0, 1), at(topic, 0, 0), at(topic, 0, 3), at(topic, 1, 0)]
    expect(await ports.messageTimes.firstTimestamps(testCall, positions)).toEqual([start + minute, start, null, null])
  })

  it('are those of the first message that is still stored', async () => {
    const topic = await written()
    await ports.topicAdmin.deleteRecords(testCall, topic, [{ partition: 0, before: toOffset(2) }])
    expect(await ports.messageTimes.firstTimestamps(testCall, [at(topic, 0, 0)])).toEqual([start + 2 * minute])
  })

  it('are null for a topic that is not there', async () => {
    expect(await ports.messageTimes.firstTimestamps(testCall, [at(fresh(), 0, 0)])).toEqual([null])
  })

  it("throw the signal's reason once it has aborted", async () => {
    const reason = new Error('the client went away')
    const call = { ...testCall, signal: AbortSignal.abort(reason) }
    await expect(ports.messageTimes.firstTimestamps(call, [at(fresh(), 0, 0)])).rejects.toBe(reason)
  })

  it('are not asked for where no position is given', async () => {
    expect(await ports.messageTimes.firstTimestamps(testCall, [])).toEqual([])
  })
})
