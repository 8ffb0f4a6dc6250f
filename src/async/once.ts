/** `work`, run by the first call; every later call gets the same promise. */
export const once = <Args extends readonly unknown[], T>(
  work: (...args: Args) => Promise<T>,
): ((...args: Args) => Promise<T>) => {
  let result: Promise<T> | undefined
  return (...args) => {
    result ??= work(...args)
    return result
  }
}

/** The same, but a failed run is forgotten: the next call tries again. */
export const onceLoaded = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let result: Promise<T> | undefined
  return () => {
    result ??= load().catch((thrown: unknown) => {
      result = undefined
      throw thrown
    })
    return result
  }
}

/** `work`, run once for each key; later calls with the key get the same promise. */
export const onceEach = <Args extends readonly unknown[], K, T>(
  keyOf: (...args: Args) => K,
  work: (...args: Args) => Promise<T>,
): ((...args: Args) => Promise<T>) => {
  const results = new Map<K, Promise<T>>()
  return (...args) => {
    const key = keyOf(...args)
    const known = results.get(key)
    if (known !== undefined) return known
    const result = work(...args)
    results.set(key, result)
    return result
  }
}
