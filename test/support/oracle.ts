/** The reported outcome of one message for its writer. */
export interface ToldMessage {
  /** Unique among all messages. */
  readonly value: string
  readonly partition: number
  /** ACKED: written; REJECTED: not written; UNKNOWN: either. */
  readonly told: 'ACKED' | 'REJECTED' | 'UNKNOWN'
  /** Null when none was returned. */
  readonly offset: bigint | null
  /** Messages of one writer in one partition must keep the order of sending. Default: one writer for all. */
  readonly writer?: number
}

/** A message as a reader received it, in order of receipt. */
export interface ReadMessage {
  readonly partition: number
  readonly offset: bigint
  readonly value: string
}

/** Offsets `[from, to)` of a partition without readable messages, with a reported reason. */
export interface ExplainedHole {
  readonly partition: number
  readonly from: bigint
  readonly to: bigint
}

/** All violations: every list is empty when the promises were kept. */
export interface OracleVerdict {
  /** Acknowledged but not read. */
  readonly lost: readonly string[]
  /** Read twice or more. */
  readonly doubled: readonly string[]
  /** Refused but read. */
  readonly writtenThoughRejected: readonly string[]
  /** Read at another place than acknowledged. */
  readonly misplaced: readonly string[]
  /** Read before an earlier message of the same writer. */
  readonly outOfOrder: readonly string[]
  /** Read at an offset not above the previous one of its partition. */
  readonly notIncreasing: readonly string[]
  /** Skipped offsets without a reported reason. */
  readonly unexplainedHoles: readonly string[]
}

/** The verdict when every promise was kept. */
export const ALL_KEPT: OracleVerdict = {
  lost: [],
  doubled: [],
  writtenThoughRejected: [],
  misplaced: [],
  outOfOrder: [],
  notIncreasing: [],
  unexplainedHoles: [],
}

const placeOf = ({ partition, offset }: { readonly partition: number; readonly offset: bigint | null }) =>
  `${partition}@${offset}`

/**
 * Checks one reader: each partition's offsets strictly increase from `begin` (default: its first) and each hole is
 * explained.
 */
export const judgeReader = (
  read: readonly ReadMessage[],
  explained: readonly ExplainedHole[] = [],
  begin: ReadonlyMap<number, bigint> = new Map(),
): Pick<OracleVerdict, 'notIncreasing' | 'unexplainedHoles'> => {
  const next = new Map<number, bigint>(begin)
  const notIncreasing: string[] = []
  const unexplainedHoles: string[] = []
  for (const message of read) {
    const { partition, offset } = message
    let expected = next.get(partition) ?? offset
    if (offset < expected) notIncreasing.push(placeOf(message))
    while (expected < offset) {
      const hole = explained.find(one => one.partition === partition && one.from <= expected && expected < one.to)
      if (hole === undefined) break
      expected = hole.to
    }
    if (expected < offset) unexplainedHoles.push(`${partition}@[${expected},${offset})`)
    next.set(partition, offset + 1n)
  }
  return { notIncreasing, unexplainedHoles }
}

/** Checks writing: acknowledged ⊆ read, each at its place and once, refused ∩ read = ∅, each writer's order kept. */
export const judgeWriter = (
  told: readonly ToldMessage[],
  read: readonly ReadMessage[],
): Omit<OracleVerdict, 'notIncreasing' | 'unexplainedHoles'> => {
  const copies = groupByValue(read)
  const lost: string[] = []
  const doubled: string[] = []
  const writtenThoughRejected: string[] = []
  const misplaced: string[] = []
  for (const message of told) {
    const found = copies.get(message.value) ?? []
    const [first] = found
    if (found.length > 1) doubled.push(`${message.value} ${found.map(placeOf).join(' ')}`)
    if (message.told === 'REJECTED' && first) writtenThoughRejected.push(message.value)
    if (message.told !== 'ACKED') continue
    if (first === undefined) lost.push(`${message.value} ${placeOf(message)}`)
    else if (message.offset !== null && placeOf(first) !== placeOf(message)) misplaced.push(message.value)
  }
  return { lost, doubled, writtenThoughRejected, misplaced, outOfOrder: outOfOrder(told, copies) }
}

/** Checks writing and one reading of everything that was written. */
export const judge = (
  told: readonly ToldMessage[],
  read: readonly ReadMessage[],
  explained: readonly ExplainedHole[] = [],
): OracleVerdict => ({ ...judgeWriter(told, read), ...judgeReader(read, explained) })

const groupByValue = (read: readonly ReadMessage[]): ReadonlyMap<string, readonly ReadMessage[]> => {
  const groups = new Map<string, ReadMessage[]>()
  for (const message of read) {
    const group = groups.get(message.value)
    if (group) group.push(message)
    else groups.set(message.value, [message])
  }
  return groups
}

const outOfOrder = (
  told: readonly ToldMessage[],
  copies: ReadonlyMap<string, readonly ReadMessage[]>,
): readonly string[] => {
  const last = new Map<string, bigint>()
  const found: string[] = []
  for (const { value, writer = 0 } of told) {
    const place = copies.get(value)?.[0]
    if (place === undefined) continue
    const lane = `${writer} ${place.partition}`
    if (place.offset < (last.get(lane) ?? -1n)) found.push(value)
    else last.set(lane, place.offset)
  }
  return found
}
