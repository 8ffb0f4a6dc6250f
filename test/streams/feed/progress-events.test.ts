import { expect, it } from 'vitest'
import { cursorCodec } from '../../../src/kafka/cursor/cursor-codec.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import { type FeedSnapshot, ProgressEvents } from '../../../src/streams/feed/progress-events.ts'
import { EpochLedger } from '../../../src/streams/ring/epoch-ledger.ts'
import { nextOf, streamFixture, untilCaughtUp, values } from '../stream-fixture.ts'

const epochs = new EpochLedger()
const identity = {
  topic: toTopicName('orders'),
  topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
  coverage: 'all',
  codec: cursorCodec('a secret'),
  epochs,
} as const
const offsets = (...all: number[]) => all.map(offset => toOffset(offset))

const snapshot = (changes: Partial<FeedSnapshot> = {}): FeedSnapshot => ({
  identity,
  begin: offsets(0, 0),
  positions: offsets(4, 5),
  ends: offsets(6, 6),
  messagesScanned: 9n,
  ...changes,
})

it('streams at the same position share one event', () => {
  const shared = new ProgressEvents()
  const progress = shared.progress(snapshot(), 0)
  expect(progress).toMatchObject({ kind: 'progress', messagesScanned: 9n, lag: 3n })
  expect(shared.progress(snapshot({ begin: offsets(1, 1) }), 500)).toBe(progress)
  const caughtUp = shared.caughtUp(snapshot(), 0)
  expect(caughtUp).toMatchObject({ kind: 'caughtUp', positions: [{ end: 6n }, { begin: 0n, position: 5n }] })
  expect(shared.caughtUp(snapshot({ messagesScanned: 1n }), 500)).toBe(caughtUp)
})

it.each<[string, Partial<FeedSnapshot>]>([
  ['of another coverage', { identity: { ...identity, coverage: 'listed' } }],
  ['at another position', { positions: offsets(4, 4), ends: offsets(6, 5) }],
  ['of fewer partitions', { positions: offsets(4), begin: offsets(0), ends: offsets(7) }],
  ['whose log has grown', { ends: offsets(6, 7) }],
])('a stream %s gets its own event', (_, changes) => {
  const shared = new ProgressEvents()
  const progress = shared.progress(snapshot(), 0)
  const caughtUp = shared.caughtUp(snapshot(), 0)
  expect(shared.progress(snapshot(changes), 1)).not.toBe(progress)
  expect(shared.caughtUp(snapshot(changes), 1)).not.toBe(caughtUp)
})

it('a difference matters only to the kind of event that reports it', () => {
  const shared = new ProgressEvents()
  const progress = shared.progress(snapshot(), 0)
  const caughtUp = shared.caughtUp(snapshot(), 0)
  expect(shared.progress(snapshot({ messagesScanned: 10n }), 1)).toMatchObject({ messagesScanned: 10n })
  expect(shared.caughtUp(snapshot({ begin: offsets(1, 0) }), 1)).not.toBe(caughtUp)
  expect(shared.progress(snapshot(), 1)).not.toBe(progress)
})

it('a second later a new event is made, because its cursor has newer knowledge of the log', () => {
  const shared = new ProgressEvents()
  const before = shared.progress(snapshot(), 0)
  const cursor = before.cursor
  epochs.saw(0, toOffset(0), toOffset(4), 3)
  expect(shared.progress(snapshot(), 999).cursor).toBe(cursor)
  expect(shared.progress(snapshot(), 1000).cursor).not.toBe(cursor)
})

it('quiet streams of one topic share their progress; one at another position has its own', async () => {
  await using fixture = streamFixture(1, { progressMs: 20 })
  fixture.kafka.append('orders', 0, values(3))
  const latest = { from: { kind: 'latest' } } as const
  const quiet = await Promise.all(Array.from({ length: 50 }, () => fixture.open(latest)))
  const starts = await Promise.all(quiet.map(stream => nextOf(stream, 'caughtUp')))
  expect(new Set(starts).size).toBe(1)
  const [one, ...others] = await Promise.all(quiet.map(stream => nextOf(stream, 'progress')))
  expect(one).toMatchObject({ messagesScanned: 0n, lag: 0n })
  expect(new Set(others)).toEqual(new Set([one]))
  await using reader = await fixture.open()
  await untilCaughtUp(reader)
  expect(await nextOf(reader, 'progress')).toMatchObject({ messagesScanned: 3n, lag: 0n })
  for (const stream of quiet) await stream.return()
})
