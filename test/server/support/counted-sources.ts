/** An event of a source: its number, and the text that the source was opened with. */
interface Counted {
  readonly number: number
  readonly text: string | undefined
}

/** The behaviour of a source. */
interface CountedOptions {
  readonly count: number
  readonly ends: boolean
  readonly text?: string | undefined
}

/** Sources of numbers. Their owner sees how many are open, and ends them. */
export interface CountedSources {
  readonly open: number
  /** Counts up to `count`, then waits for ever unless `ends`. */
  create(options: CountedOptions): AsyncIterableIterator<Counted>
  endAll(): Promise<void>
}

/** Sources as the stream engine makes them: `return()` settles a waiting `next()`. */
export const createCountedSources = (): CountedSources => {
  const sources = new Set<() => void>()
  return {
    get open() {
      return sources.size
    },
    create({ count, ends, text }) {
      let next = 0
      let settle: (() => void) | undefined
      let isDone = false
      let failure: unknown = null
      const end = () => {
        isDone = true
        sources.delete(end)
        settle?.()
      }
      sources.add(end)
      return {
        async next() {
          if (!isDone && next < count) return { done: false, value: { number: next++, text } }
          if (ends) end()
          if (!isDone)
            await new Promise<void>(resolve => {
              settle = resolve
            })
          if (failure !== null) throw failure
          return { done: true, value: undefined }
        },
        async throw(error) {
          failure = error
          end()
          return { done: true, value: undefined }
        },
        async return() {
          end()
          return { done: true, value: undefined }
        },
        [Symbol.asyncIterator]() {
          return this
        },
      }
    },
    async endAll() {
      for (const end of [...sources]) end()
    },
  }
}
