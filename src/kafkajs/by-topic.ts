import { groupedBy } from '../kafka/grouped-by.ts'

/** Partitions under their topic, as requests name them. */
export interface OfTopic<T> {
  readonly topic: string
  readonly items: readonly T[]
}

/** Groups partitions, or what concerns them, by topic; topics in the order of their first partition. */
export const byTopic = <T extends { readonly topic: string }>(items: Iterable<T>): readonly OfTopic<T>[] =>
  [...groupedBy(items, ({ topic }) => topic)].map(([topic, ofTopic]) => ({ topic, items: ofTopic }))
