/**
 * Calls `next` at once with a plain value, later with an awaited one. In a large response a promise per value costs
 * more than the value.
 */
export const mapMaybePromise = <T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> =>
  value instanceof Promise ? value.then(next) : next(value)
