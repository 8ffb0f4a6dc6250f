import type { Outcome } from '../../../kafka/errors/kafka-error.ts'
import { metadataRequest } from '../../requests/cluster/metadata.ts'
import { answeredBy } from '../../transport/answered-by.ts'
import { isUnsent, type Link } from '../../transport/link.ts'
import type { RetryBounds } from '../../transport/retry.ts'
import type { ApiRequest } from '../../wire/api-request.ts'
import { askCoordinators, type GroupBatch, lostAnswer } from './ask-coordinators.ts'
import type { GroupParts } from './group-parts.ts'

/** A change of groups. */
interface GroupChange<R, T> {
  readonly groupIds: readonly string[]
  readonly request: (link: Link, groupIds: readonly string[]) => ApiRequest<R>
  /** The result of each group. */
  readonly outcomes: (answer: R) => ReadonlyMap<string, Outcome<T>>
}

/** With these errors the broker states that it did nothing: the change must go to another broker or be sent later. */
const NOTHING_DONE: ReadonlySet<string> = new Set(['NOT_COORDINATOR', 'COORDINATOR_LOAD_IN_PROGRESS'])

const sendOnce = async <R>(
  { cluster }: GroupParts,
  { nodeId, onSend }: GroupBatch,
  { deadlineMs }: RetryBounds,
  make: (link: Link) => ApiRequest<R>,
): Promise<R> => {
  // A stopped broker keeps its sockets, and a change sent to it would end as OUTCOME_UNKNOWN. So it must answer
  // Metadata first.
  const { link } = await cluster.askNode(nodeId, one => answeredBy(one, metadataRequest([])), 'admin')
  const request = make(link)
  onSend()
  try {
    return await link.call(request, deadlineMs)
  } catch (thrown) {
    if (isUnsent(thrown)) throw thrown
    throw lostAnswer(thrown)
  }
}

/**
 * Sends a change once to the coordinator of each group. Sends it again only after a response that states that nothing
 * was done. A lost response is OUTCOME_UNKNOWN, even for committed offsets: if a consumer joined meanwhile, a repeat
 * would be refused although the first attempt succeeded; if that consumer has left again, the repeat would rewind it.
 */
export const sendToCoordinators = <R, T>(
  parts: GroupParts,
  { groupIds, request, outcomes }: GroupChange<R, T>,
  bounds: RetryBounds,
): Promise<ReadonlyMap<string, Outcome<T>>> =>
  askCoordinators(
    parts,
    {
      groupIds,
      ask: async batch => outcomes(await sendOnce(parts, batch, bounds, link => request(link, batch.groupIds))),
      mayRepeat: ({ code }) => NOTHING_DONE.has(code),
    },
    bounds,
  )
