/** How long a poll waits for other polls due at the same moment, ms. */
const GATHER_MS = 5

interface Gathering<K, V> {
  readonly items: Map<string, { readonly item: K; readonly resolve: ((value: V) => void)[] }>
  readonly reject: ((reason: unknown) => void)[]
}

const missing = (): Error => new Error('Kafka returned fewer answers than were asked for')

/**
 * Merges calls that arrive within a few milliseconds: polls of different topics or groups that are due together cost
 * one request, and each item is asked for once. The result is shared, so no caller's signal is passed on: `ask` has its
 * own deadline.
 */
export const batched = <K, V>(
  ask: (items: readonly K[]) => Promise<readonly V[]>,
  keyOf: (item: K) => string,
): ((items: readonly K[]) => Promise<readonly V[]>) => {
  let gathering: Gathering<K, V> | null = null
  const send = async ({ items, reject }: Gathering<K, V>): Promise<void> => {
    gathering = null
    const asked = [...items.values()]
    try {
      const answers = await ask(asked.map(({ item }) => item))
      for (const [index, { resolve }] of asked.entries()) {
        const answer = answers[index]
        if (answer === undefined) throw missing()
        for (const each of resolve) each(answer)
      }
    } catch (thrown) {
      for (const each of reject) each(thrown)
    }
  }
  const gather = (): Gathering<K, V> => {
    if (gathering !== null) return gathering
    const fresh: Gathering<K, V> = { items: new Map(), reject: [] }
    gathering = fresh
    setTimeout(() => void send(fresh), GATHER_MS)
    return fresh
  }
  return items => {
    if (items.length === 0) return Promise.resolve([])
    const { items: asked, reject } = gather()
    return Promise.all(
      items.map(
        item =>
          new Promise<V>((resolve, refuse) => {
            const key = keyOf(item)
            const entry = asked.get(key) ?? { item, resolve: [] }
            asked.set(key, entry)
            entry.resolve.push(resolve)
            reject.push(refuse)
          }),
      ),
    )
  }
}
