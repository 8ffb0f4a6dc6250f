import { type Positions, toPositions } from '../../kafka/cursor/positions.ts'
import { type EpochMs, sinceEpoch } from '../../kafka/epoch-ms.ts'
import { isFailure } from '../../kafka/errors/kafka-error.ts'
import type { IsolationLevel } from '../../kafka/message.ts'
import type { Offset } from '../../kafka/offset.ts'
import type { Call } from '../../kafka/ports/call.ts'
import type { Catalog, OffsetQuery, OffsetRequest } from '../../kafka/ports/catalog.ts'
import type { TopicName } from '../../kafka/topic-name.ts'

/** Log start and end offsets of some partitions. */
export interface LogEnds {
  readonly earliest: Positions
  readonly latest: Positions
}

/** Looks up offsets of one topic's partitions. */
export interface LogOffsets {
  ends(partitions: readonly number[]): Promise<LogEnds>
  /** High watermarks, for any isolation level. */
  highWatermarks(partitions: readonly number[]): Promise<Positions>
  /** First offsets at or after a time, epoch ms; `otherwise` where no message is that recent. */
  at(timestamp: EpochMs, partitions: readonly number[], otherwise: Positions): Promise<Positions>
}

/** Offsets of `topic` from the catalog. The first failed partition fails the call. */
export const logOffsets = (
  call: Call,
  catalog: Catalog,
  topic: TopicName,
  isolationLevel: IsolationLevel,
): LogOffsets => {
  const ask = async (requests: readonly OffsetRequest[]): Promise<readonly (Offset | null)[]> => {
    const outcomes = await catalog.listOffsets(call, requests)
    return outcomes.map(outcome => {
      if (isFailure(outcome)) throw outcome
      return outcome.offset
    })
  }
  const requestsFor = (partitions: readonly number[], at: OffsetQuery, level = isolationLevel): OffsetRequest[] =>
    partitions.map(partition => ({ topic, partition, at, isolationLevel: level }))
  const positionsOf = (
    partitions: readonly number[],
    offsets: readonly (Offset | null)[],
    otherwise: Positions,
  ): Positions => {
    const pairs = partitions.flatMap((partition, index) => {
      const offset = offsets[index] ?? otherwise[partition]
      return offset === undefined ? [] : [[partition, offset] as const]
    })
    return toPositions(pairs)
  }
  return {
    async ends(partitions) {
      const offsets = await ask([...requestsFor(partitions, 'earliest'), ...requestsFor(partitions, 'latest')])
      const earliest = positionsOf(partitions, offsets.slice(0, partitions.length), [])
      return { earliest, latest: positionsOf(partitions, offsets.slice(partitions.length), earliest) }
    },
    async highWatermarks(partitions) {
      return positionsOf(partitions, await ask(requestsFor(partitions, 'latest', 'READ_UNCOMMITTED')), [])
    },
    async at(timestamp, partitions, otherwise) {
      if (partitions.length === 0) return []
      const found = await ask(requestsFor(partitions, { timestamp: sinceEpoch(timestamp) }))
      return positionsOf(partitions, found, otherwise)
    },
  }
}
