import type { AclBinding } from '../../kafka/acls.ts'
import type { TopicName } from '../../kafka/topic-name.ts'

/** An entry and its place in the list that it comes from. */
interface Placed {
  readonly place: number
  readonly acl: AclBinding
}

/** The entries that concern one topic. */
export interface ConcerningAcls {
  readonly count: number
  /** In the order of the list that was indexed. */
  list(): readonly AclBinding[]
}

const add = (map: Map<string, Placed[]>, name: string, placed: Placed): void => {
  const found = map.get(name)
  if (found === undefined) map.set(name, [placed])
  else found.push(placed)
}

/**
 * Finds the entries that concern a topic: by its name, by `*`, or by a prefix of it. One look-up for each character of the name:
 * a comparison with every entry took topics × entries on a page of topics.
 */
export const indexAcls = (acls: readonly AclBinding[]): ((topic: TopicName) => ConcerningAcls) => {
  const literal = new Map<string, Placed[]>()
  const prefixed = new Map<string, Placed[]>()
  for (const [place, acl] of acls.entries())
    add(acl.patternType === 'PREFIXED' ? prefixed : literal, acl.resourceName, { place, acl })
  return topic => {
    const found: (readonly Placed[] | undefined)[] = [literal.get('*'), literal.get(topic)]
    for (let length = 0; length <= topic.length; length++) found.push(prefixed.get(topic.slice(0, length)))
    const groups = found.filter(group => group !== undefined)
    return {
      count: groups.reduce((sum, { length }) => sum + length, 0),
      list: () =>
        groups
          .flat()
          .sort((one, other) => one.place - other.place)
          .map(({ acl }) => acl),
    }
  }
}
