import { expect, it } from 'vitest'
import { toOffset } from '../../src/kafka/offset.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { cursorCodec } from '../../src/messages/cursor.ts'
import { EpochLedger } from '../../src/messages/epoch-ledger.ts'
import { type Standing, ToldEvents } from '../../src/messages/told-events.ts'
import { nextOf, streamFixture, untilCaughtUp, values } from './stream-fixture.ts'

const epochs = new EpochLedger()
const identity = {
  topic: toTopicName('orders'),
  topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
  coverage: 'all',
  codec: cursorCodec('a secret'),
  epochs,
} as const
const offsets = (...all: number[]) => all.map(offset => toOffset(offset))

const standing = (changes: Partial<Standing> = {}): Standing => ({
  identity,
  begin: offsets(0, 0),
  positions: offsets(4, 5),
  ends: offsets(6, 6),
  messagesScanned: 9n,
  ...changes,
})

it('those that stand at one place are told one event', () => {
  const told = new ToldEvents()
  const progress = told.progress(standing(), 0)
  expect(progress).toMatchObject({ kind: 'progress', messagesScanned: 9n, lag: 3n })
  expect(told.progress(standing({ begin: offsets(1, 1) }), 500)).toBe(progress)
  const caughtUp = told.caughtUp(standing(), 0)
  expect(caughtUp).toMatchObject({ kind: 'caughtUp', positions: [{ end: 6n }, { begin: 0n, position: 5n }] })
  expect(told.caughtUp(standing({ messagesScanned: 1n }), 500)).toBe(caughtUp)
})

it.each<[string, Partial<Standing>]>([
  ['of another coverage', { identity: { ...identity, coverage: 'listed' } }],
  ['at another position', { positions: offsets(4, 4), ends: offsets(6, 5) }],
  ['of fewer partitions', { positions: offsets(4), begin: offsets(0), ends: offsets(7) }],
  ['whose log has grown', { ends: offsets(6, 7) }],
])('a stream %s is told its own', (_, changes) => {
  const told = new ToldEvents()
  const progress = told.progress(standing(), 0)
  const caughtUp = told.caughtUp(standing(), 0)
  expect(told.progress(standing(changes), 1)).not.toBe(progress)
  expect(told.caughtUp(standing(changes), 1)).not.toBe(caughtUp)
})

it('what only one kind tells makes a difference to that kind', () => {
  const told = new ToldEvents()
  const progress = told.progress(standing(), 0)
  const caughtUp = told.caughtUp(standing(), 0)
  expect(told.progress(standing({ messagesScanned: 10n }), 1)).toMatchObject({ messagesScanned: 10n })
  expect(told.caughtUp(standing({ begin: offsets(1, 0) }), 1)).not.toBe(caughtUp)
  expect(told.progress(standing(), 1)).not.toBe(progress)
})

it('a second later it is another one: its cursor carries what was learned of the log', () => {
  const told = new ToldEvents()
  const before = told.progress(standing(), 0)
  const cursor = before.cursor
  epochs.saw(0, toOffset(0), toOffset(4), 3)
  expect(told.progress(standing(), 999).cursor).toBe(cursor)
  expect(told.progress(standing(), 1000).cursor).not.toBe(cursor)
})

it('quiet streams of one topic share their progress; one that stands elsewhere has its own', async () => {
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
