import type { PayloadFormatRule } from '../../kafka/payload/format-rule.ts'
import { matchesGlob } from '../../kafka/payload/topic-glob.ts'
import type { Payload } from '../../kafka/payload.ts'

/** Topics whose rules are kept ready. */
const KEPT_TOPICS = 10_000
const NONE: readonly PayloadFormatRule[] = []

/** The header that a payload is. Two headers of one name have one rule. */
const headerOf = ({ bytes, headers }: Payload): string | undefined => headers.find(({ value }) => value === bytes)?.key

/** Finds the rule of a payload. The first that fits wins. */
export class FormatRules {
  readonly #rules: readonly PayloadFormatRule[]
  readonly #byTopic = new Map<string, readonly PayloadFormatRule[]>()

  constructor(rules: readonly PayloadFormatRule[]) {
    this.#rules = rules
  }

  /** Undefined if no rule is about this payload. */
  of(payload: Payload): PayloadFormatRule | undefined {
    if (this.#rules.length === 0) return undefined
    const { part } = payload
    const rules = this.#ofTopic(payload.topic)
    if (rules.length === 0) return undefined
    if (part !== 'HEADER') return rules.find(rule => rule.part === part)
    const header = headerOf(payload)
    return rules.find(rule => rule.part === part && rule.header === header)
  }

  #ofTopic(topic: string): readonly PayloadFormatRule[] {
    const known = this.#byTopic.get(topic)
    if (known !== undefined) return known
    const found = this.#rules.filter(({ topics }) => matchesGlob(topic, topics))
    if (this.#byTopic.size >= KEPT_TOPICS) this.#byTopic.clear()
    this.#byTopic.set(topic, found.length === 0 ? NONE : found)
    return found
  }
}
