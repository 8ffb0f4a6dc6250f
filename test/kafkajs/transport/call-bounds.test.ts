import { describe, expect, it } from 'vitest'
import { boundsOf, leftMs, sharedWith } from '../../../src/kafkajs/transport/call-bounds.ts'
import { testCall } from '../../support/call.ts'
import { freePort } from '../../support/free-port.ts'
import { openKafka, testLimits } from '../open-kafka.ts'
import { outgoing } from '../write/outgoing.ts'
import { options, scriptedSink } from '../write/scripted-sink.ts'

const HOUR = 3_600_000
const never = new Promise<never>(() => {})

describe('the time that a call has', () => {
  it("is the port's own limit without a deadline, or with a later one", () => {
    expect(leftMs(testCall, 1000)).toBe(1000)
    expect(leftMs({ ...testCall, deadline: performance.now() + HOUR }, 1000)).toBe(1000)
  })

  it('is what is left until an earlier deadline, and nothing once that has passed', () => {
    expect(leftMs({ ...testCall, deadline: performance.now() + 1000 }, HOUR)).toBeLessThanOrEqual(1000)
    expect(leftMs({ ...testCall, deadline: performance.now() - 1 }, HOUR)).toBe(0)
  })

  it('comes with its signal', () => {
    const { signal } = new AbortController()
    expect(boundsOf({ ...testCall, signal }, 1000)).toEqual({ deadlineMs: 1000, signal })
  })
})

describe('a call that waits for shared work', () => {
  it('gets its result, with a deadline and without', async () => {
    const work = Promise.resolve('found')
    expect(await sharedWith(testCall, work)).toBe('found')
    expect(await sharedWith({ ...testCall, deadline: performance.now() + HOUR }, work)).toBe('found')
  })

  it.each([20, 0, -1])('gives up at its deadline, %s ms away', async ms => {
    const call = { ...testCall, deadline: performance.now() + ms }
    await expect(sharedWith(call, never)).rejects.toMatchObject({ code: 'KAFKA_UNAVAILABLE', retriable: true })
  })

  it('gives up when its signal aborts, before its deadline too', async () => {
    const reason = new Error('the client went away')
    const signal = AbortSignal.abort(reason)
    await expect(sharedWith({ ...testCall, signal }, never)).rejects.toBe(reason)
    const call = { ...testCall, signal, deadline: performance.now() + HOUR }
    await expect(sharedWith(call, never)).rejects.toBe(reason)
  })
})

/** Every limit of the adapter's own is an hour: only the call's deadline ends the wait. */
describe('a call with a deadline to a Kafka that does not answer', () => {
  const openNowhere = async () => {
    const { catalog, groups, topicAdmin, inspector } = testLimits
    return openKafka(`127.0.0.1:${await freePort()}`, {
      limits: {
        catalog: { ...catalog, deadlineMs: HOUR, leaderWaitMs: HOUR },
        groups: { ...groups, deadlineMs: HOUR },
        topicAdmin: { ...topicAdmin, deadlineMs: HOUR },
        inspector: { ...inspector, deadlineMs: HOUR },
      },
    })
  }

  it('fails at the deadline: reads, and changes that were never sent', async () => {
    await using kafka = await openNowhere()
    const call = { ...testCall, deadline: performance.now() + 100 }
    const unavailable = { code: 'KAFKA_UNAVAILABLE' }
    await expect(kafka.catalog.listTopics(call)).rejects.toMatchObject(unavailable)
    await expect(kafka.groups.listGroups(call)).rejects.toMatchObject(unavailable)
    await expect(kafka.inspector.describeQuorum(call)).rejects.toMatchObject(unavailable)
    expect(await kafka.groupAdmin.deleteGroups(call, ['readers'])).toMatchObject([unavailable])
  })

  it('answers every message that is to be written', async () => {
    await using world = scriptedSink()
    world.cluster.leader = -1
    const call = { ...testCall, deadline: performance.now() + 20 }
    const outcomes = await world.sink.produce(
      call,
      ['a', 'b'].map(text => outgoing({ value: Buffer.from(text), partition: 0 })),
      options({ timeoutMs: HOUR }),
    )
    expect(outcomes).toMatchObject([{ code: 'REQUEST_TIMED_OUT' }, { code: 'REQUEST_TIMED_OUT' }])
  })
})
