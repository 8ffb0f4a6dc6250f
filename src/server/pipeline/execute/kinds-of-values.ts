/** True for a value with a `then`, like graphql's own check. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** True for an iterable that graphql accepts as a list; a text is none. */
export const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  typeof value[Symbol.iterator] === 'function'

/** Handles the rejections of items that may never be awaited: an unhandled one would end the process. */
export const ignoreRejections = (items: readonly unknown[], from: number): void => {
  for (let index = from; index < items.length; index++) {
    const item = items[index]
    if (isPromise(item)) item.then(undefined, () => undefined)
  }
}
