import type { TopicDescription } from '../kafka/cluster.ts'
import { isFailure, type Outcome } from '../kafka/kafka-error.ts'
import type { PartitionReassignment } from '../kafka/replica-admin.ts'
import type { TopicName } from '../kafka/topic-name.ts'
import { partitionKey } from '../kafka/topic-partition.ts'
import type { Advance, Changes } from './advance.ts'
import type { Look } from './shared-poll.ts'

/** The moves of replicas at one moment, by topic and partition. */
export interface MovesSnapshot {
  readonly moves: ReadonlyMap<string, PartitionReassignment>
  /** Partitions whose move is over: where their replicas are now. */
  readonly over: ReadonlyMap<string, PartitionReassignment>
}

/** What moves are asked with. */
export interface MoveQuestions {
  readonly listMoves: () => Promise<readonly PartitionReassignment[]>
  readonly describeTopics: (names: readonly TopicName[]) => Promise<readonly Outcome<TopicDescription>[]>
}

const sameNumbers = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join()

const isAsBefore = (before: PartitionReassignment, now: PartitionReassignment): boolean =>
  sameNumbers(before.replicas, now.replicas) &&
  sameNumbers(before.addingReplicas, now.addingReplicas) &&
  sameNumbers(before.removingReplicas, now.removingReplicas)

/** A move that is over, with the replicas that the partition has now; none when it is gone. */
const ended = async (
  moves: readonly PartitionReassignment[],
  { describeTopics }: MoveQuestions,
): Promise<readonly PartitionReassignment[]> => {
  const names = [...new Set(moves.map(({ topic }) => topic))]
  const topics = new Map(
    (await describeTopics(names)).flatMap(outcome => (isFailure(outcome) ? [] : [[outcome.name, outcome] as const])),
  )
  return moves.map(({ topic, partition }) => {
    const now = topics.get(topic)?.partitions[partition]
    return { topic, partition, replicas: now?.replicas ?? [], addingReplicas: [], removingReplicas: [] }
  })
}

/** The look at the moves under way. */
export const movesLook =
  (questions: MoveQuestions): Look<MovesSnapshot> =>
  async previous => {
    const told = await questions.listMoves()
    const moves = new Map<string, PartitionReassignment>()
    for (const move of told) {
      const before = previous?.moves.get(partitionKey(move))
      moves.set(partitionKey(move), before !== undefined && isAsBefore(before, move) ? before : move)
    }
    if (previous === null) return { moves, over: new Map() }
    const gone = [...previous.moves.values()].filter(move => !moves.has(partitionKey(move)))
    const isSame = gone.length === 0 && [...moves].every(([key, move]) => previous.moves.get(key) === move)
    if (isSame) return previous
    const over = new Map([...previous.over].filter(([key]) => !moves.has(key)))
    for (const move of await ended(gone, questions)) over.set(partitionKey(move), move)
    return { moves, over }
  }

/** Moves that began or go another way, and those that are over: without replicas to add or to remove. */
export const moveChanges: Advance<MovesSnapshot, PartitionReassignment> = (
  seen,
  newest,
): Changes<MovesSnapshot, PartitionReassignment> => ({
  seen: newest,
  events: [
    ...[...newest.over].flatMap(([key, move]) => (seen.over.get(key) === move ? [] : [move])),
    ...[...newest.moves].flatMap(([key, move]) => (seen.moves.get(key) === move ? [] : [move])),
  ],
  end: null,
})
