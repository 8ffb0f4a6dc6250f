import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { describe, expect, it, vi } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import type { LogId } from '../../../../src/kafka/ports/log-source.ts'
import { metadataRequest } from '../../../../src/kafkajs/requests/cluster/metadata.ts'
import { Link } from '../../../../src/kafkajs/transport/link.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import { follower, openSource } from './open-source.ts'

const FETCH = 1

const both = ([one, other]: readonly LogId[]): readonly [LogId, LogId] => {
  if (one === undefined || other === undefined) throw new Error('the topic has two partitions')
  return [one, other]
}

describe('a partition next to another one of the same leader', () => {
  it("continues while the other's range is unknown", async () => {
    const { bootstrapServers } = await sharedKafka()
    let answer = () => {}
    const isAsked = vi.fn()
    const silence = new Promise<never[]>(resolve => {
      answer = () => resolve([])
    })
    const listOffsets = () => {
      isAsked()
      return silence
    }
    await using open = await openSource(bootstrapServers, { listOffsets })
    const [lost, healthy] = both(await open.createLogs(freshTopicName(), 2))
    using _lost = open.source.follow(lost, 'READ_COMMITTED', toOffset(99), follower())
    const told = follower()
    using _healthy = open.source.follow(healthy, 'READ_COMMITTED', toOffset(0), told)
    await eventually(() => expect(isAsked).toHaveBeenCalled())
    for (const value of ['a', 'b', 'c']) await open.write(healthy, [value])
    await eventually(() => expect(told.messages.map(({ value }) => String(value))).toEqual(['a', 'b', 'c']))
    answer()
  })

  it('does not cause busy polling while the other waits for an open transaction', async () => {
    const { bootstrapServers } = await sharedKafka()
    await using open = await openSource(bootstrapServers)
    const [stuck, quiet] = both(await open.createLogs(freshTopicName(), 2))
    const kafka = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING })
    const producer = kafka.producer({ transactionalId: stuck.topic, idempotent: true, maxInFlightRequests: 1 })
    await producer.connect()
    const transaction = await producer.transaction()
    await transaction.send({ topic: stuck.topic, messages: [{ value: 'open', partition: 0 }] })
    await open.write(stuck, ['after it'])
    const told = follower()
    // The position of the cursor after that message.
    using _stuck = open.source.follow(stuck, 'READ_COMMITTED', toOffset(2), told)
    using _quiet = open.source.follow(quiet, 'READ_COMMITTED', toOffset(0), follower())
    await eventually(() => expect(open.source.followed).toBe(2))
    const calls = vi.spyOn(Link.prototype, 'call')
    await sleep(1000)
    expect(calls.mock.calls.filter(([{ apiKey }]) => apiKey === FETCH).length).toBeLessThan(30)
    await transaction.commit()
    await open.write(stuck, ['next'])
    await eventually(() => expect(told.messages.map(({ value }) => String(value))).toEqual(['next']))
    await producer.disconnect()
    calls.mockRestore()
  })
})

describe('a log whose following has ended', () => {
  it('needs no more topic lookups', async () => {
    await using open = await openSource((await sharedKafka()).bootstrapServers)
    const [one, other] = both(await open.createLogs(freshTopicName(), 2))
    const told = follower()
    using _one = open.source.follow(one, 'READ_COMMITTED', toOffset(0), told)
    using _other = open.source.follow(other, 'READ_COMMITTED', toOffset(0), told)
    await eventually(() => expect(open.source.followed).toBe(2))
    expect(open.cluster.leaders.watched).toEqual([one.topic])
    await open.admin.deleteTopics({ topics: [one.topic] })
    await eventually(() => expect(told.faults).toEqual([{ kind: 'deleted' }, { kind: 'deleted' }]))
    expect(open.cluster.leaders.watched).toEqual([])
  })
})

describe('a broker that lags behind', () => {
  it('does not end a follower with a response from before the topic existed', async () => {
    await using open = await openSource((await sharedKafka()).bootstrapServers)
    const [log] = await open.createLogs(freshTopicName(), 1)
    if (log === undefined) throw new Error('the topic has a partition')
    const told = follower()
    using _ = open.source.follow(log, 'READ_COMMITTED', toOffset(0), told)
    await open.write(log, ['before'])
    await eventually(() => expect(told.messages).toHaveLength(1))
    const { leaders } = open.cluster
    const { topics } = await open.cluster.askAny(() => metadataRequest([log.topic]))
    leaders.learn(topics.map(topic => ({ ...topic, topicId: randomUUID() })))
    expect(leaders.topic(log.topic)?.topicId).not.toBe(log.topicId)
    await open.cluster.refresh([log.topic])
    await open.write(log, ['after'])
    await eventually(() => expect(told.messages).toHaveLength(2))
    expect(told.faults).toEqual([])
  })
})
