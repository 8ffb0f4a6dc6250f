/** Goes on at once from what is there, later from what is awaited: a promise for each value of a large answer costs more than the value. */
export const goingOn = <T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> =>
  value instanceof Promise ? value.then(next) : next(value)
