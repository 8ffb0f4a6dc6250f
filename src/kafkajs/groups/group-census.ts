import { groupWords } from '../../kafka/group-words.ts'
import type { GroupList, GroupListing } from '../../kafka/groups.ts'
import { KafkaError } from '../../kafka/kafka-error.ts'
import { Cached } from '../catalog/cached.ts'

/** A list of groups, by id, and when it was asked for. */
export interface Census {
  readonly list: GroupList
  readonly byId: ReadonlyMap<string, GroupListing>
  /** By performance.now(). */
  readonly askedAt: number
}

/** The list of groups, shared by all who ask at the same moment and kept for a short while. */
export class GroupCensus {
  readonly #ask: () => Promise<GroupList>
  readonly #kept: Cached<Census>
  #newest: Census | null = null

  constructor(ask: () => Promise<GroupList>, cacheMs: number) {
    this.#ask = ask
    this.#kept = new Cached({ ttlMs: cacheMs, maxEntries: 1 })
  }

  /** The list, which may be as old as it is kept. */
  take(): Promise<Census> {
    return this.#kept.get('all', () => this.#load())
  }

  /** A list that is newer than `old`. */
  retake(old: Census): Promise<Census> {
    // Of several callers whom the same list failed, one asks and the others wait with it.
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

/** Why a group that nobody lists is not known: it is not there, or it hides behind a broker that does not answer. */
export const unlisted = (groupId: string, { list }: Census): KafkaError => {
  const [silent] = list.failures
  if (silent === undefined) return new KafkaError('GROUP_ID_NOT_FOUND', `there is no ${groupWords(groupId)}`)
  const text = `broker ${silent.nodeId} does not list its groups: it may coordinate ${groupWords(groupId)}`
  return new KafkaError('COORDINATOR_NOT_AVAILABLE', text, { cause: silent.error })
}
