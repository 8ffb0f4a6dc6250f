import type { IsolationLevel } from '../../src/kafka/message.ts'
import type { InMemoryKafka } from '../fakes/in-memory-kafka.ts'

type Fate = 'there' | 'aborted' | 'control' | 'compacted' | 'poisoned'

interface Written {
  readonly value: string
  fate: Fate
}

interface TruePartition {
  readonly log: Written[]
  start: number
}

/** The messages written to one incarnation of the topic, recorded independently of the fake that serves it. */
export class Truth {
  readonly partitions: TruePartition[] = []
  readonly #kafka: InMemoryKafka
  readonly #name: string
  #written = 0

  constructor(kafka: InMemoryKafka, name: string, partitionCount: number) {
    this.#kafka = kafka
    this.#name = name
    this.grow(partitionCount)
  }

  grow(partitionCount: number): void {
    while (this.partitions.length < partitionCount) this.partitions.push({ log: [], start: 0 })
  }

  of(partition: number): TruePartition {
    const found = this.partitions[partition]
    if (found === undefined) throw new Error(`no partition ${partition}`)
    return found
  }

  append(partition: number, count: number, outcome: 'plain' | 'committed' | 'aborted'): void {
    const { log } = this.of(partition)
    const values = Array.from({ length: count }, () => `${this.#name}-${++this.#written}`)
    const transaction = outcome === 'plain' ? undefined : `t${this.#written}`
    this.#kafka.append('orders', partition, values, transaction)
    for (const value of values) log.push({ value, fate: outcome === 'aborted' ? 'aborted' : 'there' })
    if (transaction === undefined || outcome === 'plain') return
    this.#kafka.endTransaction(transaction, outcome)
    log.push({ value: '', fate: 'control' })
  }

  deleteBefore(partition: number, share: number): void {
    const found = this.of(partition)
    found.start = Math.max(found.start, Math.floor(found.log.length * share))
    this.#kafka.expire('orders', partition, found.start)
  }

  /** Compacts or poisons the message at a fraction of the log. */
  spoil(partition: number, share: number, fate: 'compacted' | 'poisoned'): void {
    const { log, start } = this.of(partition)
    const offset = Math.floor((log.length - 1) * share)
    const message = log[offset]
    if (message?.fate !== 'there' || offset < start) return
    message.fate = fate
    if (fate === 'compacted') this.#kafka.compact('orders', partition, [offset])
    else this.#kafka.poison('orders', partition, offset)
  }

  /** True when this offset is never delivered and needs no report. */
  isSilent(partition: number, offset: number, isolationLevel: IsolationLevel): boolean {
    const fate = this.of(partition).log[offset]?.fate
    if (fate === 'aborted') return isolationLevel === 'READ_COMMITTED'
    return fate === 'control' || fate === 'compacted'
  }

  /** The first offset from `position` on that can still be delivered; null when there is none. */
  deliverableFrom(partition: number, position: number, isolationLevel: IsolationLevel): number | null {
    const { log, start } = this.of(partition)
    for (let offset = Math.max(position, start); offset < log.length; offset++) {
      const isPoisoned = log[offset]?.fate === 'poisoned'
      if (!isPoisoned && !this.isSilent(partition, offset, isolationLevel)) return offset
    }
    return null
  }
}
