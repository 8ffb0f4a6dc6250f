import { expect, it } from 'vitest'
import { nextOf, streamFixture, untilCaughtUp, valuesOf } from './stream-fixture.ts'

it('streams that are opened at once begin where the log ends when they ask, and get what is produced from then on', async () => {
  await using fixture = streamFixture(2)
  for (let round = 0; round < 5; round++) {
    const opening = Array.from({ length: 20 }, () => fixture.open({ from: { kind: 'latest' } }))
    const streams = await Promise.all(opening)
    fixture.kafka.append('orders', round % 2, [`value ${round}`])
    for (const stream of streams) await untilCaughtUp(stream)
    const batches = await Promise.all(streams.map(stream => nextOf(stream, 'batch')))
    for (const batch of batches) expect(valuesOf([batch])).toEqual([`value ${round}`])
    for (const stream of streams) await stream.return()
  }
})
