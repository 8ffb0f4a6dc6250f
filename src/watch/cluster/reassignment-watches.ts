import type { PartitionReassignment } from '../../kafka/ports/replica-admin.ts'
import type { Watches } from '../../kafka/ports/watches.ts'
import { remembered } from '../poll/advance.ts'
import { positionIn } from '../poll/open-watch.ts'
import type { View } from '../poll/position.ts'
import type { WatchRegistry } from '../poll/watch-registry.ts'
import { type MoveQuestions, type MovesSnapshot, moveChanges, movesLook } from './reassignment-changes.ts'

/** The watch of replica moves. */
export class ReassignmentWatches implements Pick<Watches, 'reassignments'> {
  readonly #registry: WatchRegistry
  readonly #polls
  readonly #questions: MoveQuestions
  readonly #advance = remembered(moveChanges)

  constructor(registry: WatchRegistry, questions: MoveQuestions) {
    this.#registry = registry
    this.#polls = registry.polls<MovesSnapshot>()
    this.#questions = questions
  }

  reassignments: Watches['reassignments'] = (call, { topics }) => {
    const wanted = topics && new Set(topics)
    const view = (): View<MovesSnapshot, PartitionReassignment> => ({
      poll: this.#polls.of('', () => movesLook(this.#questions)),
      intervalMs: this.#registry.limits.clusterMs,
      advance: this.#advance,
      first: ({ moves }) => [...moves.values()],
      accepts: ({ topic }) => wanted === null || wanted.has(topic),
    })
    return this.#registry.open<PartitionReassignment>([positionIn(view)], call)
  }
}
