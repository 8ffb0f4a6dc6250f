import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { groupWords } from '../../../kafka/group-words.ts'
import type { GroupList, GroupListing } from '../../../kafka/groups.ts'
import { Cached } from '../cached.ts'

/** A list of groups with an index by id, and the time of its request. */
export interface Census {
  readonly list: GroupList
  readonly byId: ReadonlyMap<string, GroupListing>
  /** By performance.now(). */
  readonly askedAt: number
}

/** The list of groups, shared by concurrent callers and cached for a short time. */
export class GroupCensus {
  readonly #ask: () => Promise<GroupList>
  readonly #kept: Cached<Census>
  #newest: Census | null = null

  constructor(ask: () => Promise<GroupList>, cacheMs: number) {
    this.#ask = ask
    this.#kept = new Cached({ ttlMs: cacheMs, maxEntries: 1 })
  }

  /** The list, possibly cached. */
  take(): Promise<Census> {
    return this.#kept.get('all', () => this.#load())
  }

  /** A list that is newer than `old`. */
  retake(old: Census): Promise<Census> {
    // If several callers reject the same list, one of them loads a new one and the others share it.
    if (this.#newest === old) this.forget()
    return this.take()
  }

  forget(): void {
    this.#newest = null
    this.#kept.clear()
  }

  async #load(): Promise<Census> {
    const askedAt = performance.now()
    const list = await this.#ask()
    const census = { list, byId: new Map(list.groups.map(group => [group.groupId, group])), askedAt }
    this.#newest = census
    return census
  }
}

/** Why an unlisted group is unknown: it does not exist, or its coordinator did not answer. */
export const unlisted = (groupId: string, { list }: Census): KafkaError => {
  const [silent] = list.failures
  if (silent === undefined) return new KafkaError('GROUP_ID_NOT_FOUND', `there is no ${groupWords(groupId)}`)
  const text = `broker ${silent.nodeId} did not list its groups: it may coordinate ${groupWords(groupId)}`
  return new KafkaError('COORDINATOR_NOT_AVAILABLE', text, { cause: silent.error })
}
