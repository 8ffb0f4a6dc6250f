/** True for whatever has a `then`, as graphql sees it. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** True for whatever stands for a list, as graphql sees it: text does not. */
export const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  typeof value[Symbol.iterator] === 'function'

/** Items that nobody may wait for: a promise among them that is rejected unheard would end the process. */
export const ignoreRejections = (items: readonly unknown[], from: number): void => {
  for (let index = from; index < items.length; index++) {
    const item = items[index]
    if (isPromise(item)) item.then(undefined, () => undefined)
  }
}
