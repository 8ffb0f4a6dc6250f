import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GroupListing } from '../../src/kafka/groups.ts'
import { toOffset } from '../../src/kafka/offset.ts'
import type { GroupOffset } from '../../src/kafka/ports/watches.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { lagChanges } from '../../src/watch/groups/lag-changes.ts'
import type { LagSnapshot } from '../../src/watch/groups/lag-look.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

const group: GroupListing = {
  groupId: 'readers',
  type: 'CLASSIC',
  protocol: 'consumer',
  state: 'EMPTY',
  coordinator: 1,
}
const topic = toTopicName('orders')

const PARTITIONS = 4

/** Offset and high watermark of each partition at one moment; null: the high watermark is unknown. */
const moment = fc.tuple(
  ...Array.from({ length: PARTITIONS }, () =>
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.option(fc.integer({ min: 0, max: 60 }), { freq: 9 })),
  ),
)

const snapshotOf = (numbers: readonly (readonly [number, number | null])[]): LagSnapshot => ({
  groups: new Map([[group.groupId, group]]),
  offsets: new Map(
    numbers.map(([offset, latest], partition): [string, GroupOffset] => [
      String(partition),
      {
        group,
        topic,
        partition,
        offset: toOffset(offset),
        latestOffset: latest === null ? null : toOffset(latest),
        leaderEpoch: null,
        metadata: '',
      },
    ]),
  ),
})

const apart = (one: bigint | null, other: bigint | null): bigint =>
  one === null || other === null ? (one === other ? 0n : 1_000n) : one > other ? one - other : other - one

describe('lag: the first snapshot plus all later events', () => {
  it(`differ from the last snapshot by less than the minimum change, and equal it when every change counts (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.array(moment, { minLength: 1, maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.bigInt({ min: 1n, max: 12n }),
        (moments, looks, minChange) => {
          const advance = lagChanges(minChange, true)
          const snapshots = moments.map(snapshotOf)
          let [seen] = snapshots
          if (seen === undefined) return
          const reported = new Map(seen.offsets)
          for (const [index, snapshot] of snapshots.entries()) {
            // A slow watcher misses some snapshots; everyone reads the last one.
            if (index < snapshots.length - 1 && !looks[index]) continue
            const changes = advance(seen, snapshot)
            for (const one of changes.events.flat()) reported.set(String(one.partition), one)
            seen = changes.seen
            expect(changes.end).toBeNull()
          }
          for (const [key, last] of snapshots.at(-1)?.offsets ?? []) {
            const known = reported.get(key)
            expect(apart(known?.offset ?? null, last.offset)).toBeLessThan(minChange)
            expect(apart(known?.latestOffset ?? null, last.latestOffset)).toBeLessThan(minChange)
          }
        },
      ),
      { seed: SEED, numRuns: 1000 },
    )
  })
})
