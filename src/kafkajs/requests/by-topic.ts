import { groupedBy } from '../../kafka/grouped-by.ts'

/** Items of one topic, as requests group them. */
export interface OfTopic<T> {
  readonly topic: string
  readonly items: readonly T[]
}

/** Groups items by topic. Topics keep the order of their first item. */
export const byTopic = <T extends { readonly topic: string }>(items: Iterable<T>): readonly OfTopic<T>[] =>
  [...groupedBy(items, ({ topic }) => topic)].map(([topic, ofTopic]) => ({ topic, items: ofTopic }))
