import type { ApiAnswer, ApiError } from './app.ts'

/** How long a test waits for one event, ms. */
const WITHIN_MS = 20_000

/** A subscription that keeps every event until its test takes it. */
export interface EventReader<TData> extends Disposable {
  /** All received events, taken or not. */
  readonly all: readonly TData[]
  /** The next event that was not taken. Fails when the subscription ends or fails first. */
  next(): Promise<TData>
  take(count: number): Promise<readonly TData[]>
  /** Takes events up to and including the one for which `isLast` holds. */
  until(isLast: (data: TData) => boolean): Promise<readonly TData[]>
  /** Takes all events up to the end. Fails when the subscription fails. */
  rest(): Promise<readonly TData[]>
  /** The error that ends the subscription; events before it stay. */
  failure(): Promise<ApiError>
}

/** Where a client puts its events. */
export interface EventSink<TData> {
  next(answer: ApiAnswer<TData>): void
  fail(errors: readonly ApiError[]): void
  complete(): void
}

const within = <T>(promise: Promise<T>, what: () => string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what()} within ${WITHIN_MS} ms`)), WITHIN_MS)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Keeps the events that a client puts into the sink. `leave` ends the subscription. */
export const createEventReader = <TData>(
  leave: () => void,
): { readonly reader: EventReader<TData>; readonly sink: EventSink<TData> } => {
  const all: TData[] = []
  let taken = 0
  let failure: ApiError | undefined
  let isDone = false
  let wake: () => void = () => undefined
  let changed = Promise.resolve()
  const tell = () => {
    wake()
    changed = new Promise(resolve => {
      wake = resolve
    })
  }
  tell()
  const sink: EventSink<TData> = {
    next({ data, errors }) {
      if (errors) failure ??= errors[0]
      else if (data) all.push(data)
      tell()
    },
    fail(errors) {
      failure ??= errors[0]
      tell()
    },
    complete() {
      isDone = true
      tell()
    },
  }
  const arrived = async (): Promise<boolean> => {
    while (taken === all.length && failure === undefined && !isDone) await changed
    return taken < all.length
  }
  const nextOrEnd = async (): Promise<TData | undefined> => {
    if (await within(arrived(), () => `no event after ${JSON.stringify(all.at(-1))}`)) return all[taken++]
    if (failure) throw new Error(JSON.stringify(failure))
    return undefined
  }
  const next = async (): Promise<TData> => {
    const data = await nextOrEnd()
    if (data === undefined) throw new Error('the subscription is complete')
    return data
  }
  const reader: EventReader<TData> = {
    all,
    next,
    async take(count) {
      const events: TData[] = []
      while (events.length < count) events.push(await next())
      return events
    },
    async until(isLast) {
      for (const events: TData[] = []; ; ) {
        const event = await next()
        events.push(event)
        if (isLast(event)) return events
      }
    },
    async rest() {
      const events: TData[] = []
      for (;;) {
        const event = await nextOrEnd()
        if (event === undefined) return events
        events.push(event)
      }
    },
    async failure() {
      const failed = async () => {
        while (failure === undefined && !isDone) await changed
        if (failure === undefined) throw new Error('the subscription is complete, without an error')
        return failure
      }
      return within(failed(), () => `no error after ${JSON.stringify(all.at(-1))}`)
    },
    [Symbol.dispose]: leave,
  }
  return { reader, sink }
}
