import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import type { LogId, LogSlice } from '../../../../src/kafka/ports/log-source.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshTopicName, sharedKafka } from '../../../support/kafka.ts'
import { type OpenSource, openSource } from './open-source.ts'

let open: OpenSource

beforeAll(async () => {
  open = await openSource((await sharedKafka()).bootstrapServers)
})

afterAll(async () => {
  await open[Symbol.asyncDispose]()
})

const KIB = 1024

describe('partitions that one broker leads', () => {
  it('take turns: busy partitions do not starve the others', async () => {
    const logs = await open.createLogs(freshTopicName(), 24)
    // A fetch returns at most 256 KiB per partition and 4 MiB in all: one batch of some of the partitions.
    const block = 'x'.repeat(200 * KIB)
    for (let batch = 0; batch < 3; batch++) await Promise.all(logs.map(log => open.write(log, [block])))
    const order = await readAll(logs, 72)
    const firstTimes = logs.map(({ partition }) => order.indexOf(partition))
    // Two thirds are still unread when the last partition gets its first message.
    expect(Math.max(...firstTimes)).toBeLessThan(48)
  })

  it('take turns even if one always has messages and another has a batch larger than a fetch', async () => {
    const [quiet, busy] = await open.createLogs(freshTopicName(), 2)
    const [large] = await open.createLogs(freshTopicName(), 1)
    if (quiet === undefined || busy === undefined || large === undefined) throw new Error('three partitions are there')
    for (let batch = 0; batch < 20; batch++) await open.write(busy, ['x'.repeat(200 * KIB)])
    await open.write(large, ['x'.repeat(600 * KIB)])
    const order = await readAll([quiet, busy, large], 21)
    expect(order.indexOf(large.partition)).toBeLessThan(5)
  })
})

/** Follows logs from their start. Returns the partition of each message, in order of arrival. */
const readAll = async (logs: readonly LogId[], count: number): Promise<readonly number[]> => {
  const order: number[] = []
  const onSlice = ({ partition, messages }: LogSlice) => order.push(...messages.map(() => partition))
  const followings = logs.map(log =>
    open.source.follow(log, 'READ_COMMITTED', toOffset(0), { onSlice, onFault: () => {} }),
  )
  await eventually(() => expect(order).toHaveLength(count))
  for (const following of followings) following[Symbol.dispose]()
  return order
}
