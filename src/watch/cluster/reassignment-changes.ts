import type { TopicDescription } from '../../kafka/cluster.ts'
import { isFailure, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { PartitionReassignment } from '../../kafka/ports/replica-admin.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { partitionKey } from '../../kafka/topic-partition.ts'
import type { Advance, Changes } from '../poll/advance.ts'
import type { Look } from '../poll/shared-poll.ts'

/** The replica moves at one moment, by topic and partition. */
export interface MovesSnapshot {
  readonly moves: ReadonlyMap<string, PartitionReassignment>
  /** Partitions whose move has ended, with their replicas now. */
  readonly over: ReadonlyMap<string, PartitionReassignment>
}

/** The requests that a reassignment poll needs. */
export interface MoveQuestions {
  readonly listMoves: () => Promise<readonly PartitionReassignment[]>
  readonly describeTopics: (names: readonly TopicName[]) => Promise<readonly Outcome<TopicDescription>[]>
}

const sameNumbers = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join()

const isAsBefore = (before: PartitionReassignment, now: PartitionReassignment): boolean =>
  sameNumbers(before.replicas, now.replicas) &&
  sameNumbers(before.addingReplicas, now.addingReplicas) &&
  sameNumbers(before.removingReplicas, now.removingReplicas)

/** An ended move with the partition's current replicas; no replicas when the partition is gone. */
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

/** Polls the moves in progress. */
export const movesLook =
  (questions: MoveQuestions): Look<MovesSnapshot> =>
  async previous => {
    const reported = await questions.listMoves()
    const moves = new Map<string, PartitionReassignment>()
    for (const move of reported) {
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

/** Moves that began, changed direction or ended; an ended move has no replicas to add or remove. */
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
