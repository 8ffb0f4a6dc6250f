import { describe, expect, it } from 'vitest'
import { Pacer } from '../../../src/async/pacer.ts'
import { PulledIterator } from '../../../src/async/pulled-iterator.ts'
import { changesOf } from '../../../src/graphql/change/change-source.ts'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'

const scene = async () => {
  const events: object[] = []
  let isReleased = false
  const watch = new PulledIterator<object>(
    {
      step: () => events.shift() ?? Number.POSITIVE_INFINITY,
      release: () => {
        isReleased = true
      },
    },
    new Pacer(),
  )
  let forgotten = 0
  const loaders = {
    forget: () => {
      forgotten += 1
    },
  }
  const source = (
    await changesOf(
      {
        loaders,
        valuesTaken: 0,
        bytesRendered: 0,
        largestRendering: 0,
        decodeWork: 0,
        decoded: null,
        itemsLookedAt: 0,
        eventNumber: 0,
      },
      async () => watch,
    )
  )[Symbol.asyncIterator]()
  return { events, watch, source, isReleased: () => isReleased, forgotten: () => forgotten }
}

describe('the source of a subscription to changes', () => {
  it('that the server ends with an error tells it to whoever waits, and lets go of the watch', async () => {
    const { source, isReleased } = await scene()
    const waiting = source.next()
    await source.throw?.(new KafkaError('SUBSCRIBER_TOO_SLOW'))
    await expect(waiting).rejects.toMatchObject({ extensions: { code: 'SUBSCRIBER_TOO_SLOW' } })
    expect(await source.next()).toEqual({ done: true, value: undefined })
    expect(isReleased()).toBe(true)
  })

  it('that is ended while nobody waits tells the next one who asks', async () => {
    const { source } = await scene()
    await source.throw?.(new Error('the server is leaving'))
    await expect(source.next()).rejects.toMatchObject({ extensions: { code: 'CLOSED' } })
    expect(await source.next()).toEqual({ done: true, value: undefined })
  })

  it('tells the failure of its watch with Kafka’s code', async () => {
    const { source, watch } = await scene()
    const waiting = source.next()
    watch.fail(new KafkaError('TOPIC_DELETED', null, { details: { topic: 'orders' } }))
    await expect(waiting).rejects.toMatchObject({ extensions: { code: 'TOPIC_DELETED', topic: 'orders' } })
  })

  it('hands on the very objects of its watch, and what was loaded for the event before is asked anew', async () => {
    const { source, events, forgotten } = await scene()
    const event = {}
    events.push(event)
    expect((await source.next()).value).toBe(event)
    expect(forgotten()).toBe(1)
    await source.return?.()
  })
})
