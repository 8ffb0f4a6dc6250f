import { describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { nextEvent, streamFixture } from './stream-fixture.ts'

const LIMITS = { maxMessages: 10, maxBytes: 1024, lingerMs: 0 }

describe('memory of subscribers behind their ring', () => {
  it('is freed when they do not ask, and read again when they do', async () => {
    await using fixture = streamFixture(1)
    const expected = Array.from({ length: 2000 }, (_, i) => `message ${i}`)
    for (const value of expected) fixture.kafka.append('orders', 0, [{ value }])
    const stream = await fixture.open({ limits: LIMITS })
    const values: string[] = []
    const read = async (count: number) => {
      while (values.length < count) {
        const event = await nextEvent(stream)
        if (event.kind === 'batch') values.push(...event.messages.map(({ value }) => String(value)))
      }
    }
    await read(10)
    expect(fixture.engine.stats().catchUpBytes).toBeGreaterThan(0)
    await eventually(() => expect(fixture.engine.stats().catchUpBytes).toBe(0))
    await read(expected.length)
    expect(values).toEqual(expected)
  })

  it('is released when they leave', async () => {
    await using fixture = streamFixture(1)
    for (let i = 0; i < 2000; i++) fixture.kafka.append('orders', 0, [{ value: `message ${i}` }])
    const streams = await Promise.all(Array.from({ length: 20 }, () => fixture.open({ limits: LIMITS })))
    for (const stream of streams) await nextEvent(stream)
    // Without the total limit of 64 KiB this would be 20 readers with 4 KiB each, and as much prefetched.
    expect(fixture.engine.stats().catchUpBytes).toBeLessThan(160 * 1024)
    for (const stream of streams) await stream.return()
    expect(fixture.engine.stats().catchUpBytes).toBe(0)
  })
})
