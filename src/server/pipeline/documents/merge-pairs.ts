import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'

/** Selections, with the fragments that lead to them. A fragment that spreads itself is followed once. */
interface Reached {
  readonly set: SelectionSetNode
  readonly open: OpenFragment | null
}

/** A fragment whose selections are being followed, inside another one. */
interface OpenFragment {
  readonly name: string
  readonly outer: OpenFragment | null
}

/** The selections of one response name at one place. graphql merges their sub-selections. */
interface SameName {
  uses: number
  readonly inner: Reached[]
}

/** The cost of checking one enclosing fragment, in pairs. */
const STEP_OUT = 0.05

/** Counts pairs until `left` is used up. */
class PairCount {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** The remaining budget of selections and pairs. */
  #left: number

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, most: number) {
    this.#fragments = fragments
    this.#left = most
  }

  /** False when the budget is exceeded. */
  isWithin(reached: readonly Reached[]): boolean {
    const names = new Map<string, SameName>()
    for (const each of reached) this.#gather(each, names)
    for (const { uses, inner } of names.values()) {
      this.#left -= (uses * (uses - 1)) / 2
      if (this.#left < 0) return false
      if (inner.length > 0 && !this.isWithin(inner)) return false
    }
    return this.#left >= 0
  }

  #gather({ set, open }: Reached, into: Map<string, SameName>): void {
    for (const node of set.selections) {
      this.#left -= 1
      if (this.#left < 0) return
      if (node.kind === Kind.INLINE_FRAGMENT) this.#gather({ set: node.selectionSet, open }, into)
      else if (node.kind === Kind.FRAGMENT_SPREAD) this.#spread(node.name.value, open, into)
      else this.#count(node, open, into)
    }
  }

  #spread(name: string, open: OpenFragment | null, into: Map<string, SameName>): void {
    const fragment = this.#isOpen(name, open) ? undefined : this.#fragments.get(name)
    if (fragment) this.#gather({ set: fragment.selectionSet, open: { name, outer: open } }, into)
  }

  #isOpen(name: string, open: OpenFragment | null): boolean {
    for (let at = open; at !== null; at = at.outer) {
      if (at.name === name) return true
      this.#left -= STEP_OUT
    }
    return false
  }

  #count(node: FieldNode, open: OpenFragment | null, into: Map<string, SameName>): void {
    const name = (node.alias ?? node.name).value
    const same = into.get(name) ?? { uses: 0, inner: [] }
    same.uses += 1
    if (node.selectionSet) same.inner.push({ set: node.selectionSet, open })
    into.set(name, same)
  }
}

/**
 * True when a document has at most `most` selections and pairs of selections with one response name at the same place.
 * Validation compares each of these pairs: 990 times the same field took 300 ms.
 */
export const hasFewPairs = (document: DocumentNode, most: number): boolean => {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const count = new PairCount(fragments, most)
  return document.definitions.every(
    definition => !('selectionSet' in definition) || count.isWithin([{ set: definition.selectionSet, open: null }]),
  )
}
