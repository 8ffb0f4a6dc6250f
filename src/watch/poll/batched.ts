import { type Deferred, deferred } from '../../async/deferred.ts'

/** How long a poll waits for other polls due at the same moment, ms. */
const GATHER_MS = 5

/** Questions of one moment, by their keys. */
type Gathering<K, V> = Map<string, { readonly item: K; readonly answer: Deferred<V> }>

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
  const send = async (gathered: Gathering<K, V>): Promise<void> => {
    gathering = null
    const asked = [...gathered.values()]
    try {
      const answers = await ask(asked.map(({ item }) => item))
      for (const [index, { answer }] of asked.entries()) {
        const value = answers[index]
        if (value === undefined) throw missing()
        answer.resolve(value)
      }
    } catch (thrown) {
      for (const { answer } of asked) answer.reject(thrown)
    }
  }
  const gather = (): Gathering<K, V> => {
    if (gathering !== null) return gathering
    const fresh: Gathering<K, V> = new Map()
    gathering = fresh
    setTimeout(() => void send(fresh), GATHER_MS)
    return fresh
  }
  return items => {
    if (items.length === 0) return Promise.resolve([])
    const gathered = gather()
    return Promise.all(
      items.map(item => {
        const key = keyOf(item)
        const known = gathered.get(key)
        if (known !== undefined) return known.answer.promise
        const answer = deferred<V>()
        gathered.set(key, { item, answer })
        return answer.promise
      }),
    )
  }
}
